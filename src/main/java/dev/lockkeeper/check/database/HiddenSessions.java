package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.LockForest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is kept from our sight in a database: that it was not seen tells nothing about it. */
public final class HiddenSessions {
  private HiddenSessions() {}

  /** Sessions of which nobody can say whose they are; empty when every one of them is seen. */
  public static Optional<String> sessions(Database database) {
    if (database.hidden() > 0) {
      return Optional.of(Durations.count(database.hidden(), "session") + " hidden from our role");
    }
    int unlisted = database.locking().unlisted().sessions();
    return unlisted > 0
        ? Optional.of(Durations.count(unlisted, "session") + " not read: there are too many")
        : Optional.empty();
  }

  /**
   * Those that hold the migration lock, keep schema_migrations locked in its place or wait for it,
   * and into which our role may not look; the holder first.
   */
  static List<Integer> migrators(Database database) {
    return Stream.concat(database.migrator().stream(), database.migrationLock().waiters().stream())
        .distinct()
        .filter(pid -> unseen(database, pid))
        .toList();
  }

  /** The one that migrates, where our role may not look into it. */
  public static Optional<Integer> migrator(Database database) {
    return database.migrator().filter(pid -> unseen(database, pid));
  }

  private static boolean unseen(Database database, int pid) {
    return !LockForest.isPrepared(pid) && database.backend(pid).map(Backend::hidden).orElse(true);
  }
}
