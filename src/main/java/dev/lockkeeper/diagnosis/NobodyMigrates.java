package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.IdleHolder;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import java.util.ArrayList;
import java.util.List;

/**
 * A session that keeps migrations away and is none: it has the migration lock and does nothing that
 * a migration does, or it keeps {@code schema_migrations} locked without the migration lock.
 */
final class NobodyMigrates {
  private NobodyMigrates() {}

  static List<Finding> find(RuleInput sight) {
    return sight.database().stream()
        .flatMap(database -> IdleHolder.session(sight.snapshot(), database).stream())
        .map(session -> finding(sight, session))
        .toList();
  }

  private static Finding finding(RuleInput sight, Backend session) {
    Database database = sight.database().orElseThrow();
    boolean lock = database.migrationLock().holder().isPresent();
    List<Integer> behind = database.migrationLock().waiters();
    List<Observation> evidence = new ArrayList<>();
    evidence.add(sight.inDatabase(IdleHolder.proof(session, lock)));
    evidence.add(
        sight.inDatabase(
            "its last statement: " + (session.query().isBlank() ? "?" : session.query().strip())));
    if (!behind.isEmpty()) {
      evidence.add(
          sight.inDatabase(Durations.count(behind.size(), "session") + " queued behind it"));
    }
    return Finding.proven(
        Kind.NOBODY_MIGRATES,
        behind.isEmpty() ? Urgency.BEWARE : Urgency.ACT,
        "%s %s and does not migrate"
            .formatted(
                sight.name(session),
                lock ? "holds the migration lock" : "keeps schema_migrations locked"),
        evidence,
        Advice.findOut(
            "Ask its owner (role %s) to %s; then whoever wants to migrate continues by itself."
                .formatted(
                    session.user(),
                    lock && !session.idleInTransaction()
                        ? "give it up (SELECT pg_advisory_unlock(%d)) or to disconnect"
                            .formatted(MigrationLock.KEY)
                        : "end the transaction, or to disconnect")),
        "wait for it as for a migration: it never commits one.");
  }
}
