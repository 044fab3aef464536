package dev.lockkeeper.practice;

import dev.lockkeeper.parsing.YamlNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.charts.Chart.Line;
import dev.lockkeeper.practice.coderd.CoderDatabase;
import dev.lockkeeper.practice.coderd.DatabaseRole;
import dev.lockkeeper.practice.coderd.Hold;
import dev.lockkeeper.practice.story.Scene;
import dev.lockkeeper.practice.story.ScheduledAction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Scenarios in YAML. */
final class ScenarioFile {
  private static final Set<String> WORDS =
      Set.of(
          "wrong",
          "teaches",
          "runbook",
          "target",
          "schema",
          "installed",
          "repositories",
          "objects",
          "tags",
          "slow",
          "role",
          "skew",
          "hold",
          "story",
          "begins",
          "finds",
          "passing");

  private ScenarioFile() {}

  /**
   * A scenario from its text. What is left out is as in the scenario {@code upgrade}.
   *
   * @param file its name, for messages
   * @throws dev.lockkeeper.parsing.Malformed naming file, line and what is wrong
   */
  static Scenario read(String file, String text) {
    YamlNode root = YamlNode.map(file, text).only(WORDS);
    Scenario scenario =
        new Scenario(
            new Scenario.Lesson(
                root.text("wrong"),
                root.text("teaches"),
                root.texts("finds"),
                root.items("passing").map(YamlNode::text).toList()),
            root.optional("runbook").map(YamlNode::text).orElse("coder-upgrade"),
            root.optional("target").map(YamlNode::text).orElse("v2.29.3"),
            new Scenario.Setting(
                root.optional("schema")
                    .map(number -> (int) number.number())
                    .orElse(CoderDatabase.FIRST_SCHEMA),
                root.optional("installed").map(Installed::of).orElseGet(Installed::usual),
                repositories(root),
                root.items("objects").map(Json::of).toList(),
                root.map("tags", YamlNode::text),
                slow(root),
                root.optional("role").map(DatabaseRole::of),
                root.optional("skew").map(seconds -> (int) seconds.number()).orElse(0)),
            root.optional("hold").map(Hold::of),
            root.items("story").map(ScheduledAction::of).toList(),
            root.optional("begins").map(word -> word.word(Scene.values())).orElse(Scene.READY));
    new ScenarioReferences(root).hold();
    return scenario;
  }

  private static Map<String, Line> repositories(YamlNode root) {
    return root.optional("repositories").isEmpty()
        ? Map.of("coder-v2", Line.V2)
        : root.map("repositories", line -> line.word(Line.values()));
  }

  private static Map<Integer, Double> slow(YamlNode root) {
    Map<Integer, Double> slow = new LinkedHashMap<>();
    root.optional("slow")
        .ifPresent(
            each ->
                each.map()
                    .entries()
                    .forEach((key, seconds) -> slow.put(number(key, seconds), seconds.decimal())));
    return slow;
  }

  private static int number(String key, YamlNode seconds) {
    if (!key.matches("\\d{1,9}")) {
      throw seconds.malformed("'" + key + "' is not the number of a migration");
    }
    return Integer.parseInt(key);
  }
}
