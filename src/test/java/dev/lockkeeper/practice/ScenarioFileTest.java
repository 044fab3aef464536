package dev.lockkeeper.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.parsing.YamlNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.story.MigratorsEnd;
import dev.lockkeeper.practice.story.ScenarioAction;
import dev.lockkeeper.practice.story.Scene;
import dev.lockkeeper.practice.story.ScheduledAction.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A scenario is read by the rules by which a runbook is read, and names nothing that is not there.
 */
class ScenarioFileTest {
  private static final String SMALLEST = "wrong: Something.\nteaches: To look.\nfinds: []\n";

  static List<Path> scenarios() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String root : List.of("src/main/resources", "src/test/worlds")) {
      try (Stream<Path> all = Files.list(Path.of(root, "dev/lockkeeper/practice/scenarios"))) {
        all.filter(file -> file.toString().endsWith(".yaml")).forEach(files::add);
      }
    }
    return files;
  }

  /** What the practice program does not know itself, the wizard does: findings and runbooks. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void everyScenarioIsUnderstoodAndNamesFindingsAndRunbooksThatThereAre(Path file)
      throws IOException {
    String text = Files.readString(file);
    Scenario read = ScenarioFile.read(file.toString(), text);

    YamlNode root = YamlNode.map(file.toString(), text);
    List<String> kinds = Arrays.stream(Finding.Kind.values()).map(Enum::name).toList();
    Stream.concat(root.items("finds"), root.items("passing"))
        .forEach(finding -> known(finding, "a kind of finding", kinds));
    root.optional("runbook").ifPresent(name -> known(name, "a runbook", Runbooks.names()));
    assertThat(Runbooks.names()).contains(read.runbook());
  }

  private static void known(YamlNode node, String what, List<String> words) {
    node.parsed(text -> Optional.of(text).filter(words::contains), what, words);
  }

  @Test
  void whatIsLeftOutIsAsInTheFirstScenario() {
    Scenario scenario = ScenarioFile.read("x.yaml", SMALLEST);

    assertThat(scenario.runbook()).isEqualTo("coder-upgrade");
    assertThat(scenario.target()).isEqualTo("v2.29.3");
    assertThat(scenario.setting().schema()).isEqualTo(362);
    assertThat(scenario.setting().installed()).isEqualTo(Installed.usual());
    assertThat(scenario.setting().repositories()).containsOnlyKeys("coder-v2");
    assertThat(scenario.begins()).isEqualTo(Scene.READY);
    assertThat(scenario.setting().role()).isEmpty();
    assertThat(scenario.story()).isEmpty();
  }

  @Test
  void whatIsSaidIsTaken() {
    Scenario scenario =
        ScenarioFile.read(
            "x.yaml",
            SMALLEST
                + """
                schema: 401
                slow: {371: 0.5}
                installed: {replicas: 0, values: {coder: {pinned: "3", count: 3, on: true}}}
                begins: failing
                story:
                  - when: migration
                    after: 3
                    again: true
                    do: {migrator: {fate: out-of-memory, takes: 6Gi}}
                """);

    assertThat(scenario.setting().schema()).isEqualTo(401);
    assertThat(scenario.setting().slow()).isEqualTo(Map.of(371, 0.5));
    assertThat(scenario.setting().installed().byHand().replicas()).contains(0);
    assertThat(scenario.begins()).isEqualTo(Scene.FAILING);
    assertThat(scenario.story())
        .singleElement()
        .satisfies(
            turn -> {
              assertThat(turn.when()).isEqualTo(Trigger.MIGRATION);
              assertThat(turn.after()).isEqualTo(3);
              assertThat(turn.again()).isTrue();
              assertThat(turn.deed())
                  .isEqualTo(new MigratorsEnd(MigratorsEnd.Fate.OUT_OF_MEMORY, "6Gi"));
            });
  }

  /** A quoted number is a text for Kubernetes and for Helm. */
  @Test
  void whatKubernetesAndHelmAreGivenKeepsItsKinds() {
    YamlNode root = YamlNode.map("x.yaml", "a: {pods: \"3\", least: 3, share: 0.5, on: true}");

    assertThat(Json.of(root.at("a")))
        .hasToString("{\"pods\":\"3\",\"least\":3,\"share\":0.5,\"on\":true}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "storey: []                                  | 'storey' is not known here; did you mean"
            + " 'story'?",
        "finds: []                                   | 'finds' is here twice",
        "begins: blokced                             | did you mean 'blocked'?",
        "begins: BLOCKED                             | 'BLOCKED' is not a word that is known here",
        "target: 2.29.3                              | did you mean 'v2.29.3'?",
        "target: v2.99.0                             | 'v2.99.0' is not a version that can be"
            + " practised",
        "schema: 17                                  | '17' is neither 0, nor 362",
        "schema: many                                | 'many' is not a whole number",
        "skew: -3                                    | '-3' is not a whole number",
        "slow: {1: 5}                                | '1' is no migration that runs here",
        "slow: {all: 5}                              | 'all' is not the number of a migration",
        "slow: {371: long}                           | 'long' is not a number such as",
        "slow: []                                    | a list is here, where a map should be",
        "tags: {latest: v9.9.9}                      | 'v9.9.9' is not a version that can be"
            + " practised",
        "repositories: {coder: v3}                   | did you mean 'v1'?",
        "role: {grants: [coder]}                     | 'name' is missing",
        "hold: {start: first, statement: SELECT 1}   | 'first' is not a whole number",
        "installed: {chart: 2.26.66}                 | did you mean '2.26.6'?",
        "installed: {earlier: [2.2.2.2]}             | '2.2.2.2' is not a version",
        "installed: {status: pending}                | 'pending' is not a word that is known here",
        "installed: {helm: maybe}                    | 'maybe' is neither true nor false",
        "installed: {replica: 3}                     | did you mean 'replicas'?",
        "objects: [{apiVersion: v1, kind: Podd}]     | the practice cluster serves no Podd of v1",
        "objects: [{apiVersion: v1, kind: Namespace}] | 'metadata' is missing",
        "story: [{when: midnight, do: {cordon: {}}}] | 'midnight' is not a word that is known here",
        "story: [{when: open}]                       | 'do' is missing",
        "story: [{do: {upgrad: {chart: 2.29.3}}}]    | did you mean 'upgrade'?",
        "story: [{do: {upgrade: {chart: 2.29.33}}}]  | '2.29.33' is not a version",
        "story: [{do: {upgrade: {}}}]                | 'chart' is missing",
        "story: [{do: {cordon: {node: a}}}]          | 'node' is not known here",
        "story: [{do: {cordon: {}, sql: {}}}]        | exactly one 'word: value' should be here",
        "story: [{do: {sql: {statements: SELECT 1}}}] | a single value is here, where a list should"
            + " be",
        "story: [{do: {migrator: {fate: evicted}}}]  | did you mean 'evict'?",
        "story: [{do: {autoscale: {name: coder}}}]   | this scenario have no"
            + " HorizontalPodAutoscaler 'coder'",
        "story: [{do: {keep-replicas: {application: coder, replicas: 3, by: argo}}}] | no"
            + " Application 'coder'",
      })
  void whatIsWrongIsNamedWithItsLine(String line, String what) {
    assertThatThrownBy(() -> ScenarioFile.read("x.yaml", SMALLEST + line))
        .isInstanceOf(Malformed.class)
        .hasMessageStartingWith("x.yaml:4: ")
        .hasMessageContaining(what);
  }

  @Test
  void whatAScenarioIsAboutIsNotLeftOut() {
    assertThatThrownBy(() -> ScenarioFile.read("x.yaml", "wrong: W\nteaches: T\n"))
        .hasMessage("x.yaml:1: 'finds' is missing");
  }

  /** A name that is not that of the object is a slip, and the right one is there to be named. */
  @Test
  void anAutoscalerThatIsSpeltWrongIsGuessed() {
    String text =
        SMALLEST
            + """
            objects:
              - apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: coder}
            story:
              - do: {autoscale: {name: codder}}
            """;
    assertThatThrownBy(() -> ScenarioFile.read("x.yaml", text))
        .hasMessageStartingWith("x.yaml:9: ")
        .hasMessageContaining("did you mean 'coder'?");
  }

  @Test
  void everyActionOfAStoryIsUsedSomewhere() throws IOException {
    Set<String> used = new HashSet<>();
    for (Path file : scenarios()) {
      YamlNode.map(file.toString(), Files.readString(file))
          .items("story")
          .forEach(turn -> used.add(turn.at("do").single().getKey()));
    }
    assertThat(used).containsExactlyInAnyOrderElementsOf(ScenarioAction.WORDS.keySet());
  }
}
