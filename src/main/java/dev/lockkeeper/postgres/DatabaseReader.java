package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Wait;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads everything there is to know over one connection, once per refresh. */
final class DatabaseReader {
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
   * schema_migrations}, one for its growth, and one more when somebody waits. The slow facts are as
   * they were read last.
   *
   * @throws SQLException if the catalog could not be read or the connection broke
   */
  Database read() throws SQLException {
    long start = System.nanoTime();
    List<List<Row>> answers =
        connection.ask(
            Terms.catalog(),
            sql(Question.SERVER),
            sql(Question.SESSIONS),
            sql(Question.LOCKS),
            sql(Question.PREPARED),
            sql(Question.SCHEMA_TABLES));
    Row server = answers.get(0).get(0);
    LockTable locks = new LockTable(answers.get(2));
    List<Wait> waits = waits(locks.waiting());
    DatabaseIdentity identity = connection.identity(server);
    SchemaTable schema =
        new SchemaReader(connection, identity.user()).read(new SchemaTables(answers.get(4)), locks);
    slowFacts.readGrowth(connection);
    coderSchema = schema.schema();
    closedTables = locks.closedTables();
    return new Database(
        identity,
        DatabaseConnection.rights(server),
        Sessions.of(answers.get(1)),
        locks.locks(),
        waits,
        locks.migrationLock(),
        schema,
        Sessions.prepared(answers.get(3)),
        slowFacts.growth(),
        slowFacts.replicas(),
        slowFacts.usage(),
        slowFacts.tables(),
        slowFacts.apiKeys(),
        slowFacts.slots(),
        Duration.ofNanos(System.nanoTime() - start));
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

  /** Numbers alone are put into the text. */
  private List<Wait> waits(List<Integer> pids) throws SQLException {
    if (pids.isEmpty()) {
      return List.of();
    }
    String list = pids.stream().map(String::valueOf).collect(Collectors.joining(","));
    String question = sql(Question.WAITS).replace(":pids", list);
    return connection.ask(Terms.catalog(), question).get(0).stream()
        .filter(row -> !row.text("blockers").isEmpty())
        .map(row -> new Wait(row.number("pid"), blockers(row.text("blockers"))))
        .collect(Collectors.toList());
  }

  private static List<Integer> blockers(String list) {
    return Arrays.stream(list.split(","))
        .map(Integer::valueOf)
        .distinct()
        .collect(Collectors.toList());
  }
}
