package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.analysis.PodFailure;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replicas that wait for their turn to migrate, which is as it should be. */
final class QueuedMigrator {
  private static final int NAMED = 6;

  private QueuedMigrator() {}

  static List<Finding> find(RuleInput sight) {
    List<Backend> queue =
        sight.database().stream()
            .flatMap(seen -> seen.sessions(seen.migrationLock().waiters()).stream())
            .filter(waiter -> !sight.origin(waiter).gone())
            .toList();
    List<String> evidence = new ArrayList<>();
    queue.stream().limit(NAMED).forEach(waiter -> evidence.add(sight.name(waiter)));
    if (queue.size() > NAMED) {
      evidence.add("and %d more".formatted(queue.size() - NAMED));
    }
    Optional<PodFailure> late = sight.failure(LogFailure.Kind.LOCK_TIMEOUT);
    late.map(PodFailure::evidence).ifPresent(evidence::add);
    if (evidence.isEmpty()) {
      return List.of();
    }
    return List.of(
        Finding.proven(
            Kind.QUEUED_MIGRATOR,
            Urgency.KNOW,
            queue.isEmpty()
                ? "A replica gave up waiting for the migration lock, and starts again by itself"
                : Durations.count(queue.size(), "replica")
                    + " queued for the migration lock: that is normal",
            sight.inDatabase(evidence),
            Advice.findOut(
                "Nothing: each goes on when the lock is free, and finds nothing left to do if the"
                    + " migrator has committed."),
            "end or restart them."));
  }
}
