package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.Unlisted;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Wait;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads everything there is to know over one connection, once per refresh. */
final class DatabaseReader {
  /** Those with the longest transactions; for the others a number must do. */
  private static final int MOST_SESSIONS = 1000;

  /** From this version on {@code pg_locks} tells since when a lock is waited for. */
  private static final int SAYS_SINCE_WHEN = 140000;

  private final DatabaseConnection connection;
  private final int mostSessions;
  private final SlowFacts slowFacts;

  /** As the last refresh found them. */
  private Optional<String> coderSchema = Optional.empty();

  private Set<String> closedTables = Set.of();

  private boolean migrating;
  private Pace.Stir stir = Pace.Stir.NEWS;
  private Looks last = new Looks(Set.of(), Optional.empty());

  /** What tells whether anything happens where nobody waits. */
  private record Looks(Set<Backend.SessionId> sessions, Optional<SchemaTable> schema) {}

  DatabaseReader(DatabaseConnection connection, SlowFacts slowFacts) {
    this(connection, slowFacts, MOST_SESSIONS);
  }

  /** Lists so many sessions, and besides all that have a part in a queue. */
  DatabaseReader(DatabaseConnection connection, SlowFacts slowFacts, int mostSessions) {
    this.connection = connection;
    this.slowFacts = slowFacts;
    this.mostSessions = mostSessions;
  }

  /**
   * One refresh: one round trip for what the server itself knows, one for {@code
   * schema_migrations}; now and then one for its growth. One more when there are more sessions than
   * are listed, and a few when the migrator waits in a queue. The slow facts are as they were read
   * last.
   *
   * @throws SQLException if the catalog could not be read or the connection broke
   */
  Database read() throws SQLException {
    long start = System.nanoTime();
    List<List<Row>> answers =
        connection.ask(
            ReadSettings.catalog(),
            Question.SERVER.sql(),
            sessions("NULL"),
            locksQuestion(),
            Question.PREPARED.sql(),
            Question.SCHEMA_TABLES.sql(),
            Question.CODER_ROLES.sql());
    Row server = answers.get(0).get(0);
    List<Backend> backends = BackendRows.of(answers.get(1));
    boolean all = backends.size() < mostSessions;
    if (!all) {
      backends = withStrangers(backends, answers.get(2));
    }
    if (connection.isPooled()) {
      backends = backends.stream().map(BackendRows::unnamed).toList();
    }
    SchemaTables tables = new SchemaTables(answers.get(4));
    Optional<String> home =
        tables.choose(connection.searchPath()).map(row -> row.text("schema")).or(() -> coderSchema);
    LockTable locks = LockTable.of(answers.get(2), backends, answers.get(3), home);
    DatabaseIdentity identity = connection.identity(server);
    SchemaTable schema =
        connection.isOutside()
            ? SchemaTable.without(
                SchemaTable.State.UNREADABLE, Optional.empty(), OtherDatabase.REASON)
            : new SchemaReader(connection, identity.user()).read(tables, locks);
    slowFacts.readGrowth(connection);
    coderSchema = schema.schema();
    closedTables = locks.closedTables();
    migrating = migrates(locks.migrationLock(), schema);
    List<Wait> waits = waits(locks);
    stir = stirring(migrating || !waits.isEmpty(), backends, schema);
    return new Database(
        identity,
        DatabaseConnection.rights(server),
        new Database.Locking(
            backends,
            locks.locks(),
            waits,
            BackendRows.prepared(answers.get(3)),
            new Unlisted(
                all ? 0 : Math.max(0, server.number("sessions") - backends.size()),
                locks.unlisted())),
        locks.migrationLock(),
        schema,
        slowFacts.coder(BackendRows.roles(answers.get(5), schema.schema())),
        slowFacts.roles(),
        slowFacts.load(Duration.ofNanos(System.nanoTime() - start)));
  }

  /** How much happened between the last two refreshes. */
  Pace.Stir stir() {
    return stir;
  }

  private Pace.Stir stirring(boolean trouble, List<Backend> backends, SchemaTable schema) {
    Looks before = last;
    last =
        new Looks(
            backends.stream().map(Backend::id).collect(Collectors.toSet()), Optional.of(schema));
    if (trouble) {
      return Pace.Stir.TROUBLE;
    }
    return last.equals(before) ? Pace.Stir.NONE : Pace.Stir.NEWS;
  }

  private static boolean migrates(MigrationLock lock, SchemaTable schema) {
    return lock.holder().isPresent()
        || !lock.waiters().isEmpty()
        || schema.state() == SchemaTable.State.LOCKED;
  }

  /** Sessions that have a part in a queue must be known, however many others there are. */
  private List<Backend> withStrangers(List<Backend> listed, List<Row> locks) throws SQLException {
    Set<Integer> strangers = LockTable.strangers(locks, listed);
    if (strangers.isEmpty()) {
      return listed;
    }
    String pids = strangers.stream().map(String::valueOf).collect(Collectors.joining(","));
    String question = sessions("'{%s}'::int[]".formatted(pids));
    List<Backend> all = new ArrayList<>(listed);
    all.addAll(BackendRows.of(connection.ask(ReadSettings.catalog(), question).get(0)));
    return all;
  }

  private String sessions(String pids) {
    return Question.SESSIONS
        .sql()
        .replace(":direct", String.valueOf(!connection.isPooled()))
        .replace(":pids", pids)
        .replace(":most", String.valueOf(mostSessions));
  }

  /** Where coderd's tables are is not known before the first look, so all that may be is asked. */
  private String locksQuestion() {
    Set<String> schemas = new TreeSet<>(connection.searchPath());
    schemas.add("public");
    coderSchema.ifPresent(schemas::add);
    return Question.LOCKS
        .sql()
        .replace(
            ":old_keys",
            MigrationLock.oldKeys(connection.database(), schemas).stream()
                .map("'%d'::oid"::formatted)
                .collect(Collectors.joining(", ")));
  }

  private List<Wait> waits(LockTable locks) throws SQLException {
    boolean timely = connection.version() >= SAYS_SINCE_WHEN;
    return new MigratorsChain(connection)
        .settle(locks.queues(timely).waits(), locks.migrationLock().holder());
  }

  /**
   * Reads what is due of the slow facts, to be shown with the next refresh: they never hold it up.
   *
   * @throws SQLException if the connection broke
   */
  void readSlowFacts() throws SQLException {
    slowFacts.read(connection, coderSchema, closedTables, migrating);
  }
}
