package dev.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.live.LiveSources;
import dev.lockkeeper.practice.Scenario;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.worlds.PracticeProgram;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each scenario is entered as an operator enters it, by kubeconfig and URL, and what is found there
 * is what the scenario says, and nothing else. Several worlds live at the same time.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ScenariosIT {
  private static final double PACE = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final Duration QUIET = Duration.ofSeconds(4);
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();

  /** What no scenario provokes within the time that a test has, and why. */
  private static final Map<Kind, String> LEFT_OUT =
      Map.ofEntries(
          Map.entry(Kind.LONG_MIGRATION, "needs a quarter of an hour of the database's own clock"),
          Map.entry(
              Kind.ROLLOUT_PAUSED,
              "EvidenceOfPodsTest shows it: nothing else is wrong in such a world"),
          Map.entry(
              Kind.POD_CRASHES,
              "EvidenceOfPodsTest shows it: no coderd here ends with words that no rule knows"),
          Map.entry(
              Kind.POD_DOES_NOT_RUN,
              "EvidenceOfPodsTest shows it: no cause here is one that no rule knows"),
          Map.entry(
              Kind.FAILED_BEFORE,
              "a run remembers it, and nobody walks one here: RememberingTest shows it"),
          Map.entry(Kind.POD_STAYS, "needs minutes in which a node is lost: RowsOfPods shows it"),
          Map.entry(Kind.POD_EVICTED, "EvidenceOfPodsTest shows it: nobody evicts here"),
          Map.entry(
              Kind.ROLLOUT_STANDS_STILL,
              "needs ten minutes of the controller's clock: RowsOfPods shows it"),
          Map.entry(
              Kind.WRONG_DATABASE,
              "a coderd that starts makes its own tables: DatabaseContract shows a foreign"
                  + " database"),
          Map.entry(
              Kind.NO_SCHEMA,
              "a coderd that starts makes its own tables: DatabaseContract shows an empty one"),
          Map.entry(
              Kind.MIGRATION_LACKS_ROOM, "no disk here is ever full: SqlFailureTest shows it"),
          Map.entry(Kind.READ_ONLY_DATABASE, "FailureLookAlikesTest shows it"),
          Map.entry(Kind.MIGRATION_INTERRUPTED, "FailureLookAlikesTest shows it"),
          Map.entry(Kind.NOBODY_MIGRATES, "AtWorkLookTest shows it"),
          Map.entry(Kind.MIGRATOR_WILL_END, "AtWorkLookTest shows it: nobody drains a node here"),
          Map.entry(Kind.MIGRATOR_HELD_UP, "AtWorkLookTest shows it: there is no standby here"),
          Map.entry(Kind.MIGRATOR_UNSEEN, "DiagnosisTest shows it: coderd's own role sees itself"),
          Map.entry(Kind.TWO_SCHEMAS, "DatabaseContract shows two tables in two schemas"),
          Map.entry(
              Kind.INVALID_INDEX,
              "no migration here builds one concurrently: EvidenceOfPreflightTest shows it"),
          Map.entry(Kind.UNKNOWN_SCHEMA, "DatabaseContract shows a number that no release has"));

  /**
   * What is wrong in other ways: nothing, somebody waits, somebody died, it works, it failed, no
   * pod, no database, no rights, an old Coder.
   */
  private static final Set<String> IN_EVERY_BUILD =
      Set.of(
          WorldOptions.DEFAULT_SCENARIO,
          "stuck",
          "orphan",
          "probe-kills",
          "failed",
          "dirty",
          "image-pull",
          "wrong-password",
          "slow-migration",
          "autoscaled",
          "missing-migrations",
          "v1-chart",
          "blind");

  static Stream<String> inEveryBuild() throws IOException {
    return scenarios().filter(IN_EVERY_BUILD::contains);
  }

  static Stream<String> others() throws IOException {
    return scenarios().filter(name -> !IN_EVERY_BUILD.contains(name));
  }

  private static Stream<String> scenarios() throws IOException {
    String only = System.getProperty("scenario", "");
    List<String> wanted = List.of(only.split(","));
    return PracticeProgram.find().scenarios().names().stream()
        .filter(name -> only.isEmpty() || wanted.contains(name));
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("inEveryBuild")
  void whatIsWrongIsFoundAndNothingElse(String name) throws Exception {
    enter(name);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("others")
  void whatIsWrongInTheOtherScenariosIsFoundAndNothingElse(String name) throws Exception {
    enter(name);
  }

  private static void enter(String name) throws Exception {
    Scenario scenario = Scenario.named(name);
    Set<Kind> finds = kinds(scenario.lesson().finds());
    Set<Kind> passing = kinds(scenario.lesson().passing());
    WorldClient world =
        WorldClient.start(
            WorldClient.newDirectory(), WorldOptions.defaults().withScenario(name).withPace(PACE));
    world.awaitReady(line -> {});
    world.hold();
    try (Look look = Look.into(world, scenario)) {
      look.until(finds);
      look.quiet(finds, passing);
      look.until(finds);
    } finally {
      world.leave();
    }
  }

  @Test
  void everyKindOfFindingIsProvokedSomewhere() throws Exception {
    Set<Kind> provoked = EnumSet.noneOf(Kind.class);
    for (String name : PracticeProgram.find().scenarios().names()) {
      provoked.addAll(kinds(Scenario.named(name).lesson().finds()));
    }

    assertThat(PracticeProgram.find().scenarios().names()).containsAll(IN_EVERY_BUILD);
    assertThat(provoked).doesNotContainAnyElementsOf(LEFT_OUT.keySet());
    provoked.addAll(LEFT_OUT.keySet());
    assertThat(provoked).containsExactlyInAnyOrder(Kind.values());
  }

  private static Set<Kind> kinds(List<String> names) {
    return names.stream()
        .map(Kind::valueOf)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
  }

  /** One who watches a world through the program's own sources. */
  private static final class Look implements AutoCloseable {
    private final LiveSources lookout;
    private final AtomicReference<Snapshot> seen;

    private Look(LiveSources lookout, RunFacts facts) {
      this.lookout = lookout;
      this.seen = new AtomicReference<>(Snapshot.empty(SteadyClock.now(), facts));
      lookout.cluster(read -> seen.updateAndGet(before -> before.withCluster(read)));
      lookout.database(read -> seen.updateAndGet(before -> before.withDatabase(read)));
    }

    static Look into(WorldClient world, Scenario scenario) throws Exception {
      Target target =
          new Target(
              Optional.of(world.kubeconfig()),
              Optional.empty(),
              Optional.empty(),
              scenario.deployment(),
              Optional.of(world.databaseUrl()),
              true);
      return new Look(
          open(target), RunFacts.starting(SteadyClock.now(), Optional.of(scenario.target())));
    }

    /** A machine with more to do than it can may let the first look run out of time. */
    private static LiveSources open(Target target) throws Exception {
      Outlet nowhere = Outlet.on(OutputStream.nullOutputStream());
      for (int attempt = 1; ; attempt++) {
        try {
          return LiveSources.open(Map.of(), target, nowhere);
        } catch (Failure slow) {
          if (attempt == 3) {
            throw slow;
          }
        }
      }
    }

    List<Finding> findings() {
      return Diagnosis.of(seen.get().at(SteadyClock.now()), KNOWLEDGE);
    }

    void until(Set<Kind> expected) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      List<Finding> found = findings();
      while (!seen(found).containsAll(expected) && System.nanoTime() < deadline) {
        Thread.sleep(GLANCE.toMillis());
        found = findings();
      }
      assertThat(seen(found)).as(text(found)).containsAll(expected);
    }

    void quiet(Set<Kind> finds, Set<Kind> passing) throws InterruptedException {
      Set<Kind> allowed = EnumSet.noneOf(Kind.class);
      allowed.addAll(finds);
      allowed.addAll(passing);
      long end = System.nanoTime() + QUIET.toNanos();
      while (System.nanoTime() < end) {
        List<Finding> found = findings();
        assertThat(allowed).as(text(found)).containsAll(seen(found));
        Thread.sleep(GLANCE.toMillis());
      }
    }

    private static Set<Kind> seen(List<Finding> found) {
      return new TreeSet<>(found.stream().map(Finding::kind).toList());
    }

    private static String text(List<Finding> found) {
      return found.stream()
          .map(
              each ->
                  "%s %s: %s %s"
                      .formatted(each.urgency(), each.kind(), each.headline(), each.evidence()))
          .collect(Collectors.joining("\n", "found:\n", "\n"));
    }

    @Override
    public void close() {
      lookout.close();
    }
  }

  /** A world to begin with must not frighten anybody. */
  @Test
  void theFirstScenarioFindsNothing() throws Exception {
    Scenario first = Scenario.named(WorldOptions.DEFAULT_SCENARIO);
    assertThat(first.lesson().finds()).isEmpty();
    assertThat(first.lesson().passing()).isEmpty();
  }
}
