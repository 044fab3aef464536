package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a migration stands, as far as it can be known without waiting for it.
 *
 * @param kind the state
 * @param headline the state in one line, with the numbers in it
 * @param evidence what it was concluded from, a line each
 * @param migrator the session that migrates, if one does
 * @param running for how long it has run, if it does
 * @param progress how far the migrating pod's own log says it is; most releases say nothing
 */
public record MigrationState(
    Kind kind,
    String headline,
    List<String> evidence,
    Optional<Backend> migrator,
    Optional<Duration> running,
    Optional<String> progress) {
  /** A migration takes about this long at the most; the documents say 4 to 7 minutes. */
  public static final Duration NORMAL = Duration.ofMinutes(7);

  /** After this long without lock contention, support wants to know. */
  public static final Duration SUPPORT = Duration.ofMinutes(15);

  /** The states that tell an operator what to do. */
  public enum Kind {
    /** Nobody migrates; the schema number is as it was. */
    IDLE,
    /** Whoever holds the migration lock will not finish, or does not migrate at all. */
    WAITING,
    /** A migrator works. */
    IN_FLIGHT,
    /** A migrator waits for a lock that somebody holds. */
    BLOCKED,
    /** The schema number is higher than when the run started. */
    COMMITTED,
    /** A migration was tried and is gone, and the schema number is as it was. */
    ROLLED_BACK,
    /** A migration failed half-way and said so. */
    DIRTY,
    /** No schema number: a new database. */
    EMPTY,
    /** It is another program's database, or that of a Coder v1: nothing here is about Coder. */
    WRONG_DATABASE,
    /** It cannot be known now. */
    UNKNOWN
  }

  public MigrationState {
    evidence = List.copyOf(evidence);
  }

  public static MigrationState of(Snapshot snapshot) {
    return snapshot.concluded(MigrationState.class, () -> worked(snapshot));
  }

  private static MigrationState worked(Snapshot snapshot) {
    Optional<Database> seen = snapshot.freshDatabase();
    if (seen.isEmpty()) {
      return unknown("the database cannot be read", unread(snapshot));
    }
    Database database = seen.get();
    if (database.identity().standby()) {
      return unknown(
          "this server is a standby", "locks of the primary cannot be seen here: connect to it");
    }
    Optional<Integer> migrator = database.migrator();
    if (migrator.filter(LockForest::isPrepared).isPresent()) {
      return Migrating.behindPrepared(database, migrator.get());
    }
    Optional<Backend> idler = IdleHolder.session(snapshot, database);
    if (idler.isPresent()) {
      return IdleHolder.state(database, idler.get());
    }
    if (migrator.isPresent()) {
      return new Migrating(snapshot, database, migrator.get()).state();
    }
    return database.migrationLock().waiters().isEmpty()
        ? Resting.state(snapshot, database.schema())
        : Migrating.behindNobody(database.migrationLock().waiters());
  }

  private static String unread(Snapshot snapshot) {
    return snapshot.database().isKnown()
        ? "it was last read %s ago".formatted(Durations.of(snapshot.database().age(snapshot.now())))
        : snapshot.database().reason();
  }

  /** Whether a migrator is at work or waits for a lock. */
  public boolean underWay() {
    return kind == Kind.IN_FLIGHT || kind == Kind.BLOCKED || kind == Kind.WAITING;
  }

  /** Whether an attempt is at work or waits for a lock within it; who queues has not begun. */
  public boolean attempted() {
    return kind == Kind.IN_FLIGHT || kind == Kind.BLOCKED;
  }

  /** A state in which nobody migrates. */
  static MigrationState still(Kind kind, String headline, List<String> evidence) {
    return new MigrationState(
        kind, headline, evidence, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static MigrationState unknown(String headline, String why) {
    return still(Kind.UNKNOWN, "UNKNOWN: " + headline, List.of(why));
  }
}
