package dev.lockkeeper.practice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.charts.Chart.Line;
import dev.lockkeeper.practice.coderd.DatabaseRole;
import dev.lockkeeper.practice.coderd.Hold;
import dev.lockkeeper.practice.story.Scene;
import dev.lockkeeper.practice.story.ScheduledAction;
import dev.lockkeeper.worlds.PracticeProgram;
import dev.lockkeeper.worlds.Scenarios;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a practice begins, and what happens in it besides what the operator does; read by {@link
 * ScenarioFile}.
 *
 * @param wrong what is wrong in this world; the operator does not read it beforehand
 * @param teaches what is to be learnt from it
 * @param runbook the runbook that it is meant for
 * @param target the version to upgrade to
 * @param schema the schema that the database has reached; 0 for a database without Coder's tables
 * @param installed what is installed
 * @param repositories the chart repositories that Helm knows here: the line of each by its name
 * @param objects what else is in the namespace
 * @param tags versions that moving tags mean, such as {@code latest}
 * @param slow how many seconds of life a migration takes, by its number
 * @param role the database role that the operator has; that of coderd when it is left out
 * @param skew how many seconds the cluster's clock is ahead of this machine's
 * @param hold a transaction that one replica never ends, if any
 * @param story what happens, in this order
 * @param begins what the operator is let in to
 * @param finds the kinds of findings that there are then, by their names, and no others
 * @param passing those that may come and go meanwhile
 */
public record Scenario(
    String wrong,
    String teaches,
    String runbook,
    String target,
    int schema,
    Installed installed,
    Map<String, Line> repositories,
    List<ObjectNode> objects,
    Map<String, String> tags,
    Map<Integer, Double> slow,
    Optional<DatabaseRole> role,
    int skew,
    Optional<Hold> hold,
    List<ScheduledAction> story,
    Scene begins,
    List<String> finds,
    List<String> passing) {
  public Scenario {
    repositories = Map.copyOf(repositories);
    objects = List.copyOf(objects);
    tags = Map.copyOf(tags);
    slow = Map.copyOf(slow);
    story = List.copyOf(story);
    finds = List.copyOf(finds);
    passing = List.copyOf(passing);
  }

  /**
   * A bundled scenario.
   *
   * @param name a plain word such as {@code upgrade}
   * @throws Scenarios.NoSuchScenario when there is none of that name; it names those that there are
   * @throws IOException when it cannot be read
   * @throws dev.lockkeeper.parsing.Malformed naming file, line and what is wrong in it
   */
  public static Scenario named(String name) throws IOException {
    PracticeProgram.find().scenarios().require(name);
    try (InputStream file = Scenario.class.getResourceAsStream("scenarios/" + name + ".yaml")) {
      return ScenarioFile.read(
          name + ".yaml", new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The name of Coder's Deployment. */
  public String deployment() {
    return installed.deployment();
  }
}
