package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.Trend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A migration that nobody blocks: the right thing is to wait, with an eye on the clock. */
final class AtWork {
  /** An idle server writes less than this in some seconds; a migration that writes, far more. */
  private static final long STANDSTILL = 64 * 1024;

  /** A client that is there sends its next statement sooner than this. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private AtWork() {}

  static List<Finding> find(Sight sight) {
    MigrationState state = sight.migration();
    Optional<Backend> migrator = state.migrator();
    if (state.kind() != MigrationState.Kind.IN_FLIGHT
        || migrator.isEmpty()
        || sight.origin(migrator.get()).gone()
        || migrator.get().waitsForLock()) {
      return List.of();
    }
    return List.of(finding(sight, state, migrator.get()));
  }

  private static Finding finding(Sight sight, MigrationState state, Backend migrator) {
    Optional<Duration> running = state.running();
    List<String> evidence = new ArrayList<>();
    evidence.add(sight.name(migrator) + " has the migration lock, and waits for no lock");
    evidence.add(growth(sight.database().orElseThrow()));
    state.progress().ifPresent(evidence::add);
    evidence.add(clock(running));
    if (running.filter(time -> time.compareTo(MigrationState.SUPPORT) > 0).isPresent()) {
      return longOne(sight, running.get(), evidence);
    }
    if (silent(migrator)) {
      return silentOne(sight, migrator, evidence);
    }
    return Finding.proven(
        Kind.MIGRATION_WORKS,
        Urgency.WAIT,
        "The migration works, nothing blocks it%s: do nothing"
            .formatted(running.map(time -> ", for " + Spoken.of(time)).orElse("")),
        sight.inDatabase(evidence),
        Advice.findOut(
            "Wait. 4 to 7 minutes are normal; from 15 minutes on, ask support.", Steps.WATCH),
        "restart the pod, scale, or end the session: all of the work would be lost.");
  }

  private static Finding longOne(Sight sight, Duration running, List<String> evidence) {
    return Finding.proven(
        Kind.LONG_MIGRATION,
        Urgency.ACT,
        "The migration has run for %s without anything in its way: ask support"
            .formatted(Spoken.of(running)),
        sight.inDatabase(evidence),
        Advice.findOut(
            "Ask Coder support now, with the versions, the statement and the sizes of the tables;"
                + " let it run meanwhile.",
            Finding.SUPPORT),
        "end it: the next attempt begins at the beginning.");
  }

  private static Finding silentOne(Sight sight, Backend migrator, List<String> evidence) {
    return Finding.proven(
        Kind.SILENT_MIGRATOR,
        Urgency.BEWARE,
        "The migrator has sent no statement for %s"
            .formatted(migrator.stateAge().map(Spoken::of).orElse("a while")),
        sight.inDatabase(evidence),
        Advice.findOut(
            "Look at its pod: is the node there, does the container run? Then wait, or ask"
                + " support.",
            Finding.SUPPORT),
        "end the session before you know that the pod is gone.");
  }

  private static boolean silent(Backend migrator) {
    return migrator.idleInTransaction()
        && migrator.stateAge().filter(age -> age.compareTo(SILENCE) > 0).isPresent();
  }

  private static String growth(Database database) {
    Optional<Trend> trend = database.growth().trend();
    if (trend.isEmpty() || database.growth().walBytes() == 0) {
      return "whether the server writes is not known yet";
    }
    String over = Spoken.of(trend.get().over());
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
