package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import java.util.ArrayList;
import java.util.List;

/** A migrator's session whose pod is gone: it keeps the lock. */
final class OrphanBackend {
  private OrphanBackend() {}

  static List<Finding> find(Sight sight) {
    if (sight.database().isEmpty() || sight.cluster().isEmpty()) {
      return List.of();
    }
    Database database = sight.database().get();
    List<Finding> found = new ArrayList<>();
    sight
        .migration()
        .migrator()
        .filter(migrator -> sight.origin(migrator).gone())
        .ifPresent(migrator -> found.add(holder(sight, database, migrator)));
    List<Backend> dead =
        database.sessions(database.migrationLock().waiters()).stream()
            .filter(waiter -> sight.origin(waiter).gone())
            .toList();
    if (!dead.isEmpty()) {
      found.add(waiters(sight, dead));
    }
    return found;
  }

  private static Finding holder(Sight sight, Database database, Backend migrator) {
    List<String> evidence = new ArrayList<>();
    evidence.add(sight.origin(migrator).why());
    int queue = database.migrationLock().waiters().size();
    evidence.add(
        "it holds the migration lock; %s behind it".formatted(Spoken.count(queue, "session")));
    evidence.add(
        migrator.waitsForLock()
            ? "it waits for a lock, and notices that its client is dead only when it gets it"
            : "it ends by itself when its statement ends");
    WhatIsLost lost = WhatIsLost.of(migrator, database);
    evidence.add(lost.left());
    if (!migrator.query().isBlank()) {
      evidence.add("its statement: " + migrator.query().strip());
    }
    return Finding.proven(
        Kind.ORPHAN_BACKEND,
        Urgency.ACT,
        "pid %d holds the migration lock, and its pod is gone".formatted(migrator.pid()),
        sight.inDatabase(evidence),
        Advice.act(
            (migrator.waitsForLock()
                    ? "End what it waits for, or end this one session. "
                    : "Wait for its statement to end, or end this one session. ")
                + lost.ended(),
            Steps.END_ORPHANS),
        "restart the pods that wait behind it: each restart can leave one more such" + " session.");
  }

  private static Finding waiters(Sight sight, List<Backend> dead) {
    return Finding.proven(
        Kind.ORPHAN_BACKEND,
        Urgency.KNOW,
        Spoken.count(dead.size(), "session")
            + " of pods that are gone "
            + (dead.size() == 1 ? "waits" : "wait")
            + " for the migration lock",
        sight.inDatabase(
            dead.stream().map(each -> sight.name(each) + ": " + sight.origin(each).why()).toList()),
        Advice.findOut("Nothing: they leave by themselves when the lock is free."),
        "");
  }
}
