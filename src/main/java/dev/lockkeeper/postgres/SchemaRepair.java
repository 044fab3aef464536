package dev.lockkeeper.postgres;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.RepairRequest;
import dev.lockkeeper.snapshot.MigrationLock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares and sets the row of {@code schema_migrations} in one transaction, in which nobody can
 * migrate: it holds the locks of every migrator that is known, and the table itself.
 */
final class SchemaRepair {
  private static final String OWNER = "the owner of the table or a role with UPDATE on it";

  private final ActingConnection connection;
  private final RepairRequest request;

  SchemaRepair(ActingConnection connection, RepairRequest request) {
    this.connection = connection;
    this.request = request;
  }

  Outcome perform() {
    try {
      Optional<Outcome> refusal = change();
      if (refusal.isPresent()) {
        return refusal.get();
      }
    } catch (SQLException e) {
      return StatementOutcome.beforeCommit(e, connection.address(), OWNER);
    }
    try {
      connection.commit();
    } catch (SQLException e) {
      return StatementOutcome.atCommit(e, connection.address());
    }
    return Outcome.done("committed; " + lookAgain());
  }

  /** Everything but the commit; why it must not be committed, if so. */
  private Optional<Outcome> change() throws SQLException {
    connection.begin();
    if (!takesEveryLock()) {
      return refused("somebody holds the migration lock: a migration runs or waits to run");
    }
    connection.execute(ActStatement.CLOSE_SCHEMA_TABLE.in(request.schema()));
    List<Row> rows = connection.rows(ActStatement.SCHEMA_ROWS.in(request.schema()));
    if (rows.size() != 1 || !isTheOneSeen(rows.get(0))) {
      return refused("the row is no longer what you saw: " + describe(rows));
    }
    int changed =
        connection.change(
            ActStatement.REPAIR_SCHEMA_ROW.in(request.schema()), request.to(), request.from());
    return changed == 1 ? Optional.empty() : refused("%d rows would change".formatted(changed));
  }

  private static Optional<Outcome> refused(String why) {
    return Optional.of(Outcome.refused("nothing was changed: " + why));
  }

  private boolean takesEveryLock() throws SQLException {
    List<Long> keys = new ArrayList<>(List.of(MigrationLock.KEY));
    keys.addAll(MigrationLock.oldKeys(request.database().name(), List.of(request.schema())));
    return connection
        .rows(ActStatement.TAKE_MIGRATION_LOCK.sql(), connection.array("int8", keys))
        .stream()
        .allMatch(row -> row.flag("taken"));
  }

  /** Up to v2.4 golang-migrate made the key, of the names of schema, table and database. */
  private boolean isTheOneSeen(Row row) {
    return row.text("version").equals(Long.toString(request.from())) && row.flag("dirty");
  }

  private String lookAgain() {
    try {
      return "now it says "
          + describe(connection.rows(ActStatement.SCHEMA_ROWS.in(request.schema())));
    } catch (SQLException e) {
      return "it could not be read again: " + Failures.asking(e, connection.address());
    }
  }

  private static String describe(List<Row> rows) {
    return rows.isEmpty()
        ? "no row"
        : rows.stream()
            .map(row -> row.text("version") + (row.flag("dirty") ? " dirty" : " clean"))
            .collect(Collectors.joining(", "));
  }
}
