package dev.lockkeeper.practice;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.lockkeeper.practice.charts.Chart.Line;
import dev.lockkeeper.practice.coderd.DatabaseRole;
import dev.lockkeeper.practice.coderd.Hold;
import dev.lockkeeper.practice.story.Scene;
import dev.lockkeeper.practice.story.ScheduledAction;
import dev.lockkeeper.worlds.PracticeProgram;
import dev.lockkeeper.worlds.Scenarios;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a practice begins, and what happens in it besides what the operator does. What is left out
 * in the file is as in the scenario {@code upgrade}.
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
    @JsonProperty(value = "wrong", required = true) String wrong,
    @JsonProperty(value = "teaches", required = true) String teaches,
    @JsonProperty("runbook") String runbook,
    @JsonProperty("target") String target,
    @JsonProperty("schema") Integer schema,
    @JsonProperty("installed") Installed installed,
    @JsonProperty("repositories") Map<String, Line> repositories,
    @JsonProperty("objects") List<ObjectNode> objects,
    @JsonProperty("tags") Map<String, String> tags,
    @JsonProperty("slow") Map<Integer, Double> slow,
    @JsonProperty("role") Optional<DatabaseRole> role,
    @JsonProperty("skew") int skew,
    @JsonProperty("hold") Optional<Hold> hold,
    @JsonProperty("story") List<ScheduledAction> story,
    @JsonProperty("begins") Scene begins,
    @JsonProperty(value = "finds", required = true) List<String> finds,
    @JsonProperty("passing") List<String> passing) {
  private static final String RUNBOOK = "coder-upgrade";
  private static final String TARGET = "v2.29.3";
  private static final int SCHEMA = 362;
  private static final String REPOSITORY = "coder-v2";

  public Scenario {
    runbook = runbook == null ? RUNBOOK : runbook;
    target = target == null ? TARGET : target;
    schema = schema == null ? SCHEMA : schema;
    installed = installed == null ? Installed.usual() : installed;
    repositories = repositories == null ? Map.of(REPOSITORY, Line.V2) : Map.copyOf(repositories);
    objects = objects == null ? List.of() : List.copyOf(objects);
    tags = tags == null ? Map.of() : Map.copyOf(tags);
    slow = slow == null ? Map.of() : Map.copyOf(slow);
    role = role == null ? Optional.empty() : role;
    hold = hold == null ? Optional.empty() : hold;
    story = story == null ? List.of() : List.copyOf(story);
    begins = begins == null ? Scene.READY : begins;
    finds = List.copyOf(finds);
    passing = passing == null ? List.of() : List.copyOf(passing);
  }

  /**
   * A bundled scenario.
   *
   * @param name a plain word such as {@code upgrade}
   * @throws Scenarios.NoSuchScenario when there is none of that name; it names those that there are
   * @throws IOException when it cannot be read
   */
  public static Scenario named(String name) throws IOException {
    PracticeProgram.find().scenarios().require(name);
    try (InputStream file = Scenario.class.getResourceAsStream("scenarios/" + name + ".yaml")) {
      return YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build()
          .readValue(file, Scenario.class);
    }
  }

  /** The name of Coder's Deployment. */
  public String deployment() {
    return installed.deployment();
  }
}
