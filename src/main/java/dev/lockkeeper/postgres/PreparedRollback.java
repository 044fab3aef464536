package dev.lockkeeper.postgres;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.PreparedRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Rolls back one prepared transaction, if it is still the one that was seen. PostgreSQL takes the
 * identifier only as a literal, and rolls back nothing in a statement that asks anything else: so
 * the look and the act are two statements, one right after the other.
 */
final class PreparedRollback {
  private static final String OWNER = "only its owner or a superuser";

  private final ActingConnection connection;
  private final PreparedRequest request;

  PreparedRollback(ActingConnection connection, PreparedRequest request) {
    this.connection = connection;
    this.request = request;
  }

  Outcome perform() {
    Optional<Row> seen;
    try {
      seen = look();
    } catch (SQLException e) {
      return Outcome.refused(
          "nothing was sent: " + StatementOutcome.reason(e, connection.address(), OWNER));
    }
    if (seen.isEmpty()) {
      return Outcome.refused("gone already: no transaction is prepared by this name here");
    }
    if (!seen.get().flag("same")) {
      return Outcome.refused(
          "nothing was sent: it is another transaction of the same name now, prepared by %s at %s"
              .formatted(seen.get().text("owner"), seen.get().text("prepared_at")));
    }
    return rollBack(seen.get().text("command"));
  }

  private Optional<Row> look() throws SQLException {
    List<Row> rows =
        connection.rows(
            ActStatement.ROLLBACK_PREPARED.sql(),
            request.gid(),
            request.owner(),
            request.preparedAt());
    return rows.stream().findFirst();
  }

  private Outcome rollBack(String command) {
    try {
      connection.execute(command);
      return Outcome.done("rolled back; its locks are free");
    } catch (SQLException e) {
      String why = StatementOutcome.reason(e, connection.address(), OWNER);
      return StatementOutcome.provesNothingDone(e)
          ? Outcome.refused(why)
          : Outcome.unknown("sent, but not answered: " + why);
    }
  }
}
