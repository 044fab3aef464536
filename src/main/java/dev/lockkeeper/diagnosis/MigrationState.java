package dev.lockkeeper.diagnosis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a migration stands, as far as it can be known without waiting for it.
 *
 * @param kind the state
 * @param headline the state in one line, with the numbers in it
 * @param evidence what it was concluded from, a line each
 * @param migrator the session that migrates, if one does
 * @param running for how long it has run, if it does
 */
public record MigrationState(
    Kind kind,
    String headline,
    List<String> evidence,
    Optional<Backend> migrator,
    Optional<Duration> running) {
  /** A migration takes about this long at the most; the documents say 4 to 7 minutes. */
  public static final Duration NORMAL = Duration.ofMinutes(7);

  /** After this long without lock contention, support wants to know. */
  public static final Duration SUPPORT = Duration.ofMinutes(15);

  /** The states that tell an operator what to do. */
  public enum Kind {
    /** Nobody migrates; the schema number is as it was. */
    IDLE,
    /** A migrator works. */
    IN_FLIGHT,
    /** A migrator waits for a lock that somebody holds. */
    BLOCKED,
    /** The schema number is higher than when the run started. */
    COMMITTED,
    /** A migration was seen and is gone, and the schema number is as it was. */
    ROLLED_BACK,
    /** A migration failed half-way and said so. */
    DIRTY,
    /** No schema number: a new database, or not Coder's. */
    EMPTY,
    /** It cannot be known now. */
    UNKNOWN
  }

  public static MigrationState of(Snapshot snapshot) {
    Optional<Database> seen = snapshot.freshDatabase();
    if (seen.isEmpty()) {
      return unknown("the database cannot be read", snapshot.database().reason());
    }
    Database database = seen.get();
    if (database.identity().standby()) {
      return unknown(
          "this server is a stand-by", "locks of the primary cannot be seen here: connect to it");
    }
    Optional<Integer> migrator =
        database.migrationLock().holder().or(() -> database.schema().lockedBy());
    return migrator
        .map(pid -> migrating(snapshot, database, pid))
        .orElseGet(() -> resting(snapshot.run(), database.schema()));
  }

  /** Whether a migrator is at work or waits for a lock. */
  public boolean underWay() {
    return kind == Kind.IN_FLIGHT || kind == Kind.BLOCKED;
  }

  private static MigrationState migrating(Snapshot snapshot, Database database, int pid) {
    Optional<Backend> backend = database.backend(pid);
    Optional<Duration> running = backend.flatMap(Backend::transactionAge);
    String who = "pid " + pid + pod(snapshot, backend).map(name -> " (" + name + ")").orElse("");
    Optional<Wait> wait = database.waits().stream().filter(each -> each.pid() == pid).findFirst();
    List<String> evidence =
        List.of(
            database.migrationLock().holder().isPresent()
                ? "holds Coder's migration lock"
                : "keeps schema_migrations locked",
            backend.map(Backend::query).filter(text -> !text.isBlank()).orElse("no statement"));
    if (wait.isPresent() || backend.filter(Backend::waitsForLock).isPresent()) {
      String behind = behind(wait.map(Wait::blockers).orElse(List.of()));
      return new MigrationState(
          Kind.BLOCKED, "BLOCKED: " + who + " waits " + behind, evidence, backend, running);
    }
    return new MigrationState(Kind.IN_FLIGHT, "IN FLIGHT by " + who, evidence, backend, running);
  }

  /** Who waits for whom is read for a bounded number of waiters, so it may be missing. */
  private static String behind(List<Integer> blockers) {
    return blockers.isEmpty()
        ? "for a lock; who holds it is not known"
        : blockers.stream()
            .map(each -> each == 0 ? "a prepared transaction" : "pid " + each)
            .collect(Collectors.joining(", ", "behind ", ""));
  }

  private static MigrationState resting(RunFacts run, SchemaTable schema) {
    return switch (schema.state()) {
      case READ -> settled(run, schema, schema.version().orElseThrow());
      case EMPTY -> still(Kind.EMPTY, "EMPTY: schema_migrations has no row", schema.detail());
      case MISSING -> still(Kind.EMPTY, "EMPTY: there is no schema_migrations", schema.detail());
      case LOCKED -> unknown("schema_migrations is locked and its holder is gone", schema.detail());
      case UNREADABLE -> unknown("schema_migrations cannot be read", schema.detail());
    };
  }

  private static MigrationState settled(RunFacts run, SchemaTable schema, long version) {
    String table = schema.schema().orElse("") + ".schema_migrations = " + version;
    long before = run.schema().orElse(version);
    if (schema.dirty()) {
      return still(Kind.DIRTY, "DIRTY at " + version, table + ", dirty");
    }
    if (version > before) {
      return still(
          Kind.COMMITTED, "COMMITTED %d → %d".formatted(before, version), table + ", not dirty");
    }
    boolean seen = run.recalled(RunFacts.MIGRATION_SEEN).isPresent();
    if (seen && run.schema().isPresent()) {
      return still(Kind.ROLLED_BACK, "ROLLED BACK to " + version, "a migration was seen; " + table);
    }
    if (seen) {
      String unknown = "a migration was seen; the number before it was not: ";
      return still(Kind.IDLE, "IDLE at " + version, unknown + table);
    }
    return still(Kind.IDLE, "IDLE at " + version, table + ", not dirty; nobody migrates");
  }

  private static Optional<String> pod(Snapshot snapshot, Optional<Backend> backend) {
    Optional<Cluster> cluster = snapshot.cluster().value();
    return backend
        .flatMap(Backend::address)
        .flatMap(address -> cluster.flatMap(seen -> seen.podAt(address)))
        .map(Pod::name);
  }

  private static MigrationState still(Kind kind, String headline, String evidence) {
    return new MigrationState(
        kind, headline, List.of(evidence), Optional.empty(), Optional.empty());
  }

  private static MigrationState unknown(String headline, String why) {
    return still(Kind.UNKNOWN, "UNKNOWN: " + headline, why);
  }
}
