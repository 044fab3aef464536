package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.LockForest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Those that must end before a migration can go on; all of them must.
 *
 * @param waiter who waits: the migrator; where a prepared transaction has the migration lock, the
 *     first that queues for it, if anybody does
 * @param roots their pids, and the places of prepared transactions ({@link Database#prepared(int)})
 * @param surely those of the roots that stand there whatever the order of a queue is that is in
 *     doubt
 * @param prepared the prepared transactions among them, oldest first
 * @param untold whether a prepared transaction is among them of which it is not known which one it
 *     is
 */
public record Blockers(
    Optional<Integer> waiter,
    List<Integer> roots,
    Set<Integer> surely,
    List<PreparedTransaction> prepared,
    boolean untold) {
  public Blockers {
    roots = List.copyOf(roots);
    surely = Set.copyOf(surely);
    prepared = List.copyOf(prepared);
  }

  /** Nobody, where nobody migrates or it is not known for whom the migrator waits. */
  public static Blockers of(Database database) {
    Optional<Integer> migrator = database.migrator();
    if (migrator.isEmpty()) {
      return new Blockers(migrator, List.of(), Set.of(), List.of(), false);
    }
    if (!LockForest.isPrepared(migrator.get())) {
      LockForest forest = LockForest.of(database);
      return of(
          database,
          migrator,
          forest.smallestCure(migrator.get()),
          forest.surelyInFrontOf(migrator.get()));
    }
    Optional<Integer> next = database.migrationLock().waiters().stream().findFirst();
    return of(database, next, List.of(migrator.get()), Set.of(migrator.get()));
  }

  private static Blockers of(
      Database database, Optional<Integer> waiter, List<Integer> roots, Set<Integer> surely) {
    return new Blockers(
        waiter,
        roots,
        surely,
        roots.stream()
            .sorted(Comparator.reverseOrder())
            .flatMap(root -> database.prepared(root).stream())
            .toList(),
        roots.stream()
            .anyMatch(root -> LockForest.isPrepared(root) && database.prepared(root).isEmpty()));
  }

  /** The sessions among them. */
  List<Integer> sessions() {
    return roots.stream().filter(root -> !LockForest.isPrepared(root)).toList();
  }

  /** Whether it is known that this one is among them. */
  public boolean sure(int root) {
    return surely.contains(root);
  }

  /** The places of the known prepared transactions that are surely among them. */
  public List<Integer> surelyPrepared(Database database) {
    return roots.stream()
        .filter(root -> sure(root) && database.prepared(root).isPresent())
        .toList();
  }

  /** Whether a prepared transaction is among them, known or not. */
  public boolean anyPrepared() {
    return untold || !prepared.isEmpty();
  }

  /** A prepared transaction as it is named in a list. */
  public static String line(PreparedTransaction each) {
    return "prepared %s ago by %s: %s"
        .formatted(Durations.of(each.age()), each.owner(), each.gid());
  }

  /** A session or a prepared transaction as it is named in a sentence. */
  public static String name(Database database, int place) {
    return LockForest.isPrepared(place)
        ? database
            .prepared(place)
            .map(each -> "the prepared transaction " + each.gid())
            .orElse("a prepared transaction")
        : "pid " + place;
  }
}
