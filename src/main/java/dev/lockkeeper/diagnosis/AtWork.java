package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Bytes;
import dev.lockkeeper.analysis.Course;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.Origin;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.ServerLoad.Trend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A migration that nobody blocks: the right thing is to wait, with an eye on the clock. */
final class AtWork {
  /** An idle server writes less than this in some seconds; a migration that writes, far more. */
  private static final long STANDSTILL = 64 * 1024;

  /** A client that is there sends its next statement sooner than this. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private AtWork() {}

  static List<Finding> find(RuleInput sight) {
    MigrationState state = sight.migration();
    Optional<Backend> migrator = state.migrator();
    if (state.kind() != MigrationState.Kind.IN_FLIGHT
        || migrator.isEmpty()
        || sight.origin(migrator.get()).gone()
        || migrator.get().waitsForLock()) {
      return List.of();
    }
    if (migrator.get().hidden()) {
      return List.of(unseen(sight, migrator.get()));
    }
    return HeldUp.finding(sight, migrator.get())
        .or(() -> atWork(sight, state, migrator.get()))
        .stream()
        .toList();
  }

  private static Optional<Finding> atWork(RuleInput sight, MigrationState state, Backend migrator) {
    Course course = Course.of(sight.snapshot(), migrator);
    List<String> evidence = new ArrayList<>();
    evidence.add(sight.name(migrator) + " has the migration lock, and waits for no lock");
    evidence.add(doing(migrator));
    evidence.add(course.past());
    evidence.add(growth(sight.database().orElseThrow()));
    state.progress().ifPresent(evidence::add);
    evidence.add(clock(state.running()));
    Duration running = state.running().orElse(Duration.ZERO);
    if (running.compareTo(MigrationState.SUPPORT) > 0 && !freedLately(course)) {
      return Optional.of(longOne(sight, running, evidence));
    }
    if (silent(migrator)) {
      return Optional.of(silentOne(sight, migrator, evidence));
    }
    if (doomed(sight)) {
      return Optional.empty();
    }
    Origin origin = sight.origin(migrator);
    return Optional.of(
        origin.kind() == Origin.Kind.UNTOLD
            ? seemsToWork(sight, course, evidence, origin)
            : works(sight, course, evidence));
  }

  /** Whether another finding says that this attempt comes to nothing. */
  private static boolean doomed(RuleInput sight) {
    return Stream.<Function<RuleInput, List<Finding>>>of(
            MigratorEnds::find, FailedMigration::find, ProbeKills::find, OutOfMemory::find)
        .flatMap(rule -> rule.apply(sight).stream())
        .anyMatch(each -> each.urgency() == Urgency.ACT);
  }

  private static boolean freedLately(Course course) {
    return course.wasBlocked()
        && course
            .unblocked()
            .filter(time -> time.compareTo(MigrationState.SUPPORT) <= 0)
            .isPresent();
  }

  private static Finding works(RuleInput sight, Course course, List<String> evidence) {
    return Finding.proven(
        Kind.MIGRATION_WORKS,
        Urgency.WAIT,
        "The migration works, nothing blocks it%s: do nothing".formatted(course.words()),
        sight.inDatabase(evidence),
        Advice.findOut(
            "Wait. 4 to 7 minutes are normal; from 15 minutes on, ask support.", Steps.WATCH),
        "restart the pod, scale, or end the session: all of the work would be lost.");
  }

  /** A session goes on with its statement though its client is dead. */
  private static Finding seemsToWork(
      RuleInput sight, Course course, List<String> evidence, Origin origin) {
    List<String> alike = new ArrayList<>();
    alike.add("a session whose client has ended: what it has open would be rolled back");
    alike.addAll(origin.alike());
    evidence.add(origin.why());
    return Finding.likely(
        Kind.MIGRATION_WORKS,
        Urgency.WAIT,
        origin.pod().isPresent()
            ? "The container of the migration's client has ended: the next seconds show whether the"
                + " migration ends with it"
            : "A migration works, nothing blocks it%s; its client is not known"
                .formatted(course.words()),
        sight.inDatabase(evidence),
        alike,
        Advice.findOut(
            "Wait, and ask who runs coderd or a migration elsewhere; from 15 minutes on, ask"
                + " support.",
            Steps.WATCH),
        "end the session because of its address alone: if its client lives, all of the work would"
            + " be lost.");
  }

  private static Finding longOne(RuleInput sight, Duration running, List<String> evidence) {
    return Finding.proven(
        Kind.LONG_MIGRATION,
        Urgency.ACT,
        "The migration has run for %s, and nothing blocks it: ask support"
            .formatted(Durations.of(running)),
        sight.inDatabase(evidence),
        Advice.findOut(
            "Ask Coder support now, with the versions, the statement and the sizes of the tables;"
                + " let it run meanwhile.",
            Finding.SUPPORT),
        "end it, or scale: the next attempt starts from the beginning.");
  }

  private static Finding silentOne(RuleInput sight, Backend migrator, List<String> evidence) {
    return Finding.proven(
        Kind.SILENT_MIGRATOR,
        Urgency.BEWARE,
        "The migrator has sent no statement for %s"
            .formatted(migrator.stateAge().map(Durations::of).orElse("a while")),
        sight.inDatabase(evidence),
        Advice.findOut(
            "Look at its pod: is the node there, does the container run? Then wait, or ask"
                + " support.",
            Finding.SUPPORT),
        "end the session before you know that the pod is gone.");
  }

  private static Finding unseen(RuleInput sight, Backend migrator) {
    return Finding.untold(
        Kind.MIGRATOR_UNSEEN,
        Urgency.BEWARE,
        "pid %d has the migration lock; whether it works is not known".formatted(migrator.pid()),
        List.of(
            sight.inDatabase(
                "its state is hidden from our role; it is not seen to wait for a lock")),
        List.of(
            "a migration that works",
            "a commit that waits for a standby",
            "a client that has stopped"),
        Advice.findOut("Ask for pg_read_all_stats (or pg_monitor), or look at its pod's log."),
        "take it for stuck, or for working, before that is seen.");
  }

  /** In a transaction or, with a lock of the session, between two. */
  private static boolean silent(Backend migrator) {
    return (migrator.idleInTransaction() || migrator.waitsForClient())
        && migrator.stateAge().filter(age -> age.compareTo(SILENCE) > 0).isPresent();
  }

  /** What the server says that it does now: reading and writing are work. */
  private static String doing(Backend migrator) {
    String since = migrator.stateAge().map(age -> " for " + Durations.of(age)).orElse("");
    return migrator.state().orElse("state unknown")
        + since
        + migrator
            .activity()
            .waitEventType()
            .map(
                type ->
                    ", wait event %s/%s"
                        .formatted(type, migrator.activity().waitEvent().orElse("?")))
            .orElse("");
  }

  private static String growth(Database database) {
    Optional<Trend> trend = database.load().growth().trend();
    if (trend.isEmpty() || database.load().growth().walBytes() == 0) {
      return "whether the server writes is not known yet";
    }
    String over = Durations.of(trend.get().over());
    long bytes = Math.max(trend.get().walBytes(), trend.get().databaseBytes());
    return bytes > STANDSTILL
        ? "it writes: the log grew by %s and the database by %s in %s"
            .formatted(
                Bytes.of(Math.max(0, trend.get().walBytes())),
                Bytes.of(Math.max(0, trend.get().databaseBytes())),
                over)
        : "almost nothing was written in %s: it may read or sort; look again in a minute"
            .formatted(over);
  }

  private static String clock(Optional<Duration> running) {
    if (running.isEmpty()) {
      return "for how long it runs is not known";
    }
    return running.get().compareTo(MigrationState.NORMAL) > 0
        ? "longer than the usual 4 to 7 min; support wants to know from 15 min on"
        : "within the usual 4 to 7 min";
  }
}
