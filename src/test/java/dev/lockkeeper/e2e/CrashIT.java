package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.e2e.CrashingDisk.Moment;
import dev.lockkeeper.e2e.CrashingDisk.Point;
import dev.lockkeeper.files.JournalLines;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import dev.lockkeeper.journal.Progress;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A wizard that dies at every act of the upgrade, again and again, and is resumed each time. Which
 * acts there are is not written here: whatever the walk intends is crashed into.
 *
 * <p>One walk dies at each point of each intention and then right after each act; another one dies
 * at the points of the lines about outcomes, a different one for each act in turn.
 *
 * <p>All of these take a while: by default it dies only where most is at stake, and everywhere with
 * {@code -Dlockkeeper.test.crashes=all}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CrashIT {
  private static final Moment NEVER = new Moment(Kind.INTENDED, Point.NEVER);

  /** {@code worst} or {@code all}; it takes minutes, so it is asked for. */
  private static final String CRASHES = System.getProperty("lockkeeper.test.crashes", "none");

  private static final boolean EVERYWHERE = CRASHES.equals("all");

  /** The act is done, and nobody has noted it: what is most easily repeated. */
  private static final List<Moment> WORST = List.of(new Moment(Kind.DONE, Point.BEFORE_WRITE));

  private static final List<Moment> EVERY =
      List.of(
          new Moment(Kind.INTENDED, Point.BEFORE_WRITE),
          new Moment(Kind.INTENDED, Point.HALF_WAY),
          new Moment(Kind.INTENDED, Point.BEFORE_FSYNC),
          new Moment(Kind.INTENDED, Point.AFTER_FSYNC),
          new Moment(Kind.DONE, Point.BEFORE_WRITE));

  private static final List<Moment> AROUND_EACH_ACT = EVERYWHERE ? EVERY : WORST;

  private static final List<Moment> AFTER_EACH_ACT =
      List.of(
          new Moment(Kind.DONE, Point.HALF_WAY),
          new Moment(Kind.DONE, Point.BEFORE_FSYNC),
          new Moment(Kind.DONE, Point.AFTER_FSYNC));

  /** The step that takes the lease, which is renewed all the time and so not counted. */
  private static final String LEASE = "2.2";

  private static final int MOST_PROCESSES = 60;

  @TempDir Path folder;

  private Flight undisturbed;

  /**
   * How a walk went.
   *
   * @param crashes where it crashed, in order
   * @param end what it left behind
   */
  private record Flight(List<String> crashes, End end) {}

  /**
   * What must be the same however often the wizard died.
   *
   * @param acts what was asked of the API server, without what differs between worlds
   */
  private record End(
      List<String> acts,
      int replicas,
      int ready,
      String image,
      List<String> schema,
      List<String> steps,
      boolean ended,
      List<String> debts) {}

  @Test
  void whereverItDiesAroundAnActTheActIsDoneOnceAndTheEndIsTheSame() throws IOException {
    assumeTrue(!CRASHES.equals("none"), "takes -Dlockkeeper.test.crashes=worst or =all");
    Flight flight = fly("around", AROUND_EACH_ACT);
    assertThat(flight.end()).isEqualTo(undisturbed().end());
    assertThat(flight.crashes())
        .filteredOn(crash -> !crash.startsWith(LEASE))
        .containsExactlyElementsOf(expected(AROUND_EACH_ACT));
  }

  @Test
  void whereverItDiesWithTheOutcomeTheActIsNotRepeated() throws IOException {
    assumeTrue(EVERYWHERE, "takes -Dlockkeeper.test.crashes=all");
    Flight flight = fly("after", AFTER_EACH_ACT);
    assertThat(flight.end()).isEqualTo(undisturbed().end());
    assertThat(flight.crashes())
        .filteredOn(crash -> !crash.startsWith(LEASE))
        .hasSameSizeAs(flight.end().acts());
  }

  /** Each of the moments at each of the acts of an undisturbed walk. */
  private List<String> expected(List<Moment> moments) throws IOException {
    return acts(undisturbed()).stream()
        .flatMap(
            step ->
                moments.stream()
                    .map(moment -> "%s %s %s".formatted(step, moment.kind(), moment.point())))
        .toList();
  }

  private static List<String> acts(Flight flight) {
    return flight.end().acts().stream().map(act -> act.split(" ")[0]).toList();
  }

  private Flight undisturbed() throws IOException {
    if (undisturbed == null) {
      undisturbed = fly("calm", List.of(NEVER));
    }
    return undisturbed;
  }

  /** From the first screen until the run is finished, with a new process after each crash. */
  private Flight fly(String name, List<Moment> moments) throws IOException {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    Path home = Files.createDirectory(folder.resolve(name));
    Path crashes = home.resolve("crashes");
    try (Bastion bastion = Bastion.in(home)) {
      for (int process = 0; process < MOST_PROCESSES; process++) {
        Moment moment = moments.get(crashes(crashes).size() % moments.size());
        Optional<End> end = flyOn(bastion, moment, crashes);
        if (end.isPresent()) {
          return new Flight(crashes(crashes), end.get());
        }
      }
    }
    throw new AssertionError("it does not come to its end: " + crashes(crashes));
  }

  /** One process: to the end of the run, or to the next crash. */
  private static Optional<End> flyOn(Bastion bastion, Moment moment, Path crashes)
      throws IOException {
    String[] command =
        bastion.worlds().isEmpty()
            ? new String[] {"practice", "--pace", "4"}
            : new String[] {"resume"};
    try (Terminal terminal = bastion.crashing(moment, crashes, command)) {
      terminal.awaits(
          "the wizard is there",
          () -> terminal.hasEnded() || terminal.screen().contains("q leave"));
      for (Path world : bastion.worlds()) {
        Witness witness = new Witness(world);
        // Later it would wait for a table that the migration has locked.
        if (crashes(crashes).isEmpty()) {
          witness.endBuilds();
        }
        new Autopilot(terminal).fly(() -> progress(world.resolve("runs")).ended());
        if (!terminal.hasEnded()) {
          return Optional.of(end(witness));
        }
      }
      // On a machine with much to do, cluster and database may not answer in time: once more.
      assertThat(terminal.exitCode())
          .as(terminal.screen())
          .isIn(CrashingDisk.CODE, ExitCode.CLUSTER.number(), ExitCode.DATABASE.number());
      return Optional.empty();
    }
  }

  private static List<String> crashes(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static Progress progress(Path runs) {
    return Progress.of(Witness.journal(runs), Instant.EPOCH);
  }

  private static End end(Witness witness) throws IOException {
    Path runs = witness.world().resolve("runs");
    List<Entry> journal = Witness.journal(runs);
    assertThat(JournalLines.ofRun(Witness.journalFile(runs)).fault()).isEmpty();
    Deployment deployment = witness.deployment();
    return new End(
        acts(witness, journal),
        deployment.getSpec().getReplicas(),
        deployment.getStatus().getReadyReplicas(),
        deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getImage(),
        witness.ask("SELECT version || ' ' || dirty FROM schema_migrations"),
        journal.stream().filter(entry -> entry.kind() == Kind.COMPLETED).map(Entry::step).toList(),
        progress(runs).ended(),
        progress(runs).debts().stream().map(debt -> debt.text()).toList());
  }

  /** The writes that the API server noted down, each with the step that intended it. */
  private static List<String> acts(Witness witness, List<Entry> journal) {
    List<String> steps =
        journal.stream()
            .filter(entry -> entry.kind() == Kind.INTENDED)
            .map(Entry::step)
            .filter(step -> !step.equals(LEASE))
            .distinct()
            .toList();
    List<String> acts = new ArrayList<>();
    for (var write : witness.writesBy("operator")) {
      String step = acts.size() < steps.size() ? steps.get(acts.size()) : "again";
      acts.add(
          "%s %s %s %d %s"
              .formatted(
                  step,
                  write.method(),
                  write.path().replaceAll("\\?.*", ""),
                  write.code(),
                  operations(Witness.operations(write).stream())));
    }
    return acts;
  }

  /** Without uids and generations. */
  private static String operations(Stream<String> operations) {
    return operations
        .map(operation -> operation.replaceAll("(test /metadata/\\w+) .*", "$1"))
        .collect(Collectors.joining(", "));
  }
}
