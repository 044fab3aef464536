package dev.lockkeeper.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * Coder's migration lock: the advisory lock with the key 1037453835920848937. Whoever holds it is
 * the migrator; whoever waits for it is a replica that will start as soon as the migrator is done,
 * which is normal.
 *
 * @param holder the migrator's pid
 * @param waiters the pids that queue for it
 */
public record MigrationLock(Optional<Integer> holder, List<Integer> waiters) {
  /** The key, as PostgreSQL takes it. */
  public static final long KEY = 1037453835920848937L;

  public MigrationLock {
    waiters = List.copyOf(waiters);
  }

  public static MigrationLock free() {
    return new MigrationLock(Optional.empty(), List.of());
  }
}
