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
 * @param lesson what it is for
 * @param runbook the runbook that it is meant for
 * @param target the version to upgrade to
 * @param setting what is there when it begins
 * @param hold a transaction that one replica never ends, if any
 * @param story what happens, in this order
 * @param begins what the operator is let in to
 */
public record Scenario(
    Lesson lesson,
    String runbook,
    String target,
    Setting setting,
    Optional<Hold> hold,
    List<ScheduledAction> story,
    Scene begins) {
  public Scenario {
    story = List.copyOf(story);
  }

  /**
   * What it is for.
   *
   * @param wrong what is wrong in this world; the operator does not read it beforehand
   * @param teaches what is to be learnt from it
   * @param finds the kinds of findings that there are when the operator is let in, by their names,
   *     and no others
   * @param passing those that may come and go meanwhile
   */
  public record Lesson(String wrong, String teaches, List<String> finds, List<String> passing) {
    public Lesson {
      finds = List.copyOf(finds);
      passing = List.copyOf(passing);
    }
  }

  /**
   * What is there when it begins.
   *
   * @param schema the schema that the database has reached; 0 for a database without Coder's tables
   * @param installed what is installed
   * @param repositories the chart repositories that Helm knows here: the line of each by its name
   * @param objects what else is in the namespace
   * @param tags versions that moving tags mean, such as {@code latest}
   * @param slow how many seconds of life a migration takes, by its number
   * @param role the database role that the operator has; that of coderd when it is left out
   * @param skew how many seconds the cluster's clock is ahead of this machine's
   */
  public record Setting(
      int schema,
      Installed installed,
      Map<String, Line> repositories,
      List<ObjectNode> objects,
      Map<String, String> tags,
      Map<Integer, Double> slow,
      Optional<DatabaseRole> role,
      int skew) {
    public Setting {
      repositories = Map.copyOf(repositories);
      objects = List.copyOf(objects);
      tags = Map.copyOf(tags);
      slow = Map.copyOf(slow);
    }
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
    return setting.installed().deployment();
  }
}
