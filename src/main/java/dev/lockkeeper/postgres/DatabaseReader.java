package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.Unlisted;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Wait;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads everything there is to know over one connection, once per refresh. */
final class DatabaseReader {
  /** As many sessions as {@link Question#SESSIONS} lists. */
  private static final int LISTED = 1000;

  /** From this version on {@code pg_locks} tells since when a lock is waited for. */
  private static final int SAYS_SINCE_WHEN = 140000;

  private final DatabaseConnection connection;
  private final SlowFacts slowFacts;

  /** As the last refresh found them. */
  private Optional<String> coderSchema = Optional.empty();

  private Set<String> closedTables = Set.of();

  DatabaseReader(DatabaseConnection connection, SlowFacts slowFacts) {
    this.connection = connection;
    this.slowFacts = slowFacts;
  }

  /**
   * One refresh: one round trip for what the server itself knows, one for {@code
   * schema_migrations}, and one for its growth. One more when there are more sessions than are
   * listed, and on PostgreSQL 13 a few when the migrator waits. The slow facts are as they were
   * read last.
   *
   * @throws SQLException if the catalog could not be read or the connection broke
   */
  Database read() throws SQLException {
    long start = System.nanoTime();
    List<List<Row>> answers =
        connection.ask(
            Terms.catalog(),
            sql(Question.SERVER),
            sessions("NULL"),
            sql(Question.LOCKS),
            sql(Question.PREPARED),
            sql(Question.SCHEMA_TABLES));
    Row server = answers.get(0).get(0);
    List<Backend> backends = Sessions.of(answers.get(1));
    LockTable locks = LockTable.of(answers.get(2), backends);
    boolean all = backends.size() < LISTED;
    if (!all && !locks.strangers().isEmpty()) {
      backends = withOwners(backends, locks);
      locks = LockTable.of(answers.get(2), backends);
    }
    DatabaseIdentity identity = connection.identity(server);
    SchemaTable schema =
        new SchemaReader(connection, identity.user()).read(new SchemaTables(answers.get(4)), locks);
    slowFacts.readGrowth(connection);
    coderSchema = schema.schema();
    closedTables = locks.closedTables();
    return new Database(
        identity,
        DatabaseConnection.rights(server),
        backends,
        locks.locks(),
        waits(locks),
        locks.migrationLock(),
        schema,
        Sessions.prepared(answers.get(3)),
        slowFacts.growth(),
        slowFacts.replicas(),
        slowFacts.usage(),
        slowFacts.tables(),
        slowFacts.apiKeys(),
        Duration.ofNanos(System.nanoTime() - start),
        new Unlisted(
            all ? 0 : Math.max(0, server.number("sessions") - backends.size()), locks.unlisted()));
  }

  /** The sessions that stand in a queue must be known, however many others there are. */
  private List<Backend> withOwners(List<Backend> listed, LockTable locks) throws SQLException {
    List<Backend> backends = new ArrayList<>(listed);
    String owners = "'{%s}'::int[]".formatted(numbers(locks.strangers()));
    backends.addAll(Sessions.of(connection.ask(Terms.catalog(), sessions(owners)).get(0)));
    return backends;
  }

  /** Numbers alone are put into the text. */
  private static String numbers(Collection<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private String sessions(String pids) {
    return sql(Question.SESSIONS).replace(":pids", pids);
  }

  private List<Wait> waits(LockTable locks) throws SQLException {
    boolean timely = connection.version() >= SAYS_SINCE_WHEN;
    List<Wait> waits = locks.queues(timely).waits();
    return timely
        ? waits
        : new MigratorsChain(connection).settle(waits, locks.migrationLock().holder());
  }

  /**
   * Reads what is due of the slow facts, to be shown with the next refresh: they never hold it up.
   *
   * @throws SQLException if the connection broke
   */
  void readSlowFacts() throws SQLException {
    slowFacts.read(connection, coderSchema, closedTables);
  }

  private String sql(Question question) {
    return question.sql(connection.version());
  }
}
