package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Database.ApiKeys;
import dev.lockkeeper.snapshot.Database.Builds;
import dev.lockkeeper.snapshot.Database.ReplicaRow;
import dev.lockkeeper.snapshot.ServerLoad.TableSize;
import dev.lockkeeper.snapshot.Upkeep;
import dev.lockkeeper.snapshot.Upkeep.Backup;
import dev.lockkeeper.snapshot.Upkeep.InvalidIndex;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks Coder's own tables in the schema where they were found. */
final class CoderTables {
  private final DatabaseConnection connection;
  private final String schema;
  private final ReadSettings terms;
  private final ReadSettings through;

  CoderTables(DatabaseConnection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
    this.terms = ReadSettings.tablesOf(schema);
    this.through = ReadSettings.through(schema);
  }

  List<ReplicaRow> replicas() throws SQLException {
    return through(Question.REPLICAS).stream()
        .map(
            row ->
                new ReplicaRow(
                    row.text("hostname"),
                    row.text("version"),
                    row.flag("primary"),
                    row.seconds("age")))
        .collect(Collectors.toList());
  }

  Builds builds() throws SQLException {
    Row row = through(Question.BUILDS).get(0);
    return new Builds(row.bigNumber("running"), row.bigNumber("pending"));
  }

  long activeUsers() throws SQLException {
    return through(Question.ACTIVE_USERS).get(0).bigNumber("users");
  }

  long connectedAgents() throws SQLException {
    return through(Question.CONNECTED_AGENTS).get(0).bigNumber("agents");
  }

  List<TableSize> tables() throws SQLException {
    return rows(Question.TABLES).stream()
        .map(row -> new TableSize(row.text("name"), row.bigNumber("rows"), row.bigNumber("bytes")))
        .collect(Collectors.toList());
  }

  Upkeep upkeep() throws SQLException {
    List<Backup> backups =
        connection.ask(ReadSettings.catalog(), Question.BACKUPS.sql()).get(0).stream()
            .map(row -> new Backup(row.number("pid"), row.text("tool"), row.text("database")))
            .toList();
    boolean here = !schema.isEmpty() && !connection.isOutside();
    return new Upkeep(backups, here ? invalid() : List.of());
  }

  private List<InvalidIndex> invalid() throws SQLException {
    return rows(Question.INVALID_INDEXES).stream()
        .map(row -> new InvalidIndex(row.text("name"), row.text("table"), row.flag("building")))
        .toList();
  }

  /** Counted; or estimated, where counting would be in a migration's way. */
  ApiKeys apiKeys() throws SQLException {
    try {
      Row row = through(Question.API_KEYS).get(0);
      return new ApiKeys(row.bigNumber("total"), row.bigNumber("expired"), false);
    } catch (SQLException e) {
      if (!Failures.state(e).equals(Failures.CANCELLED)) {
        throw e;
      }
      return estimatedApiKeys().orElseThrow(() -> e);
    }
  }

  /** By the statistics that the planner has; empty where it has none. */
  Optional<ApiKeys> estimatedApiKeys() throws SQLException {
    return rows(Question.API_KEYS_ESTIMATE).stream()
        .findFirst()
        .map(row -> new ApiKeys(row.bigNumber("total"), row.bigNumber("expired"), true));
  }

  /** For what reads through a table. */
  private List<Row> through(Question question) throws SQLException {
    return connection.ask(through, question.sql()).get(0);
  }

  private List<Row> rows(Question question) throws SQLException {
    return connection.ask(terms, question.sql()).get(0);
  }
}
