package dev.lockkeeper.postgres;

import dev.lockkeeper.action.ConnectionLimitRequest;
import dev.lockkeeper.action.Outcome;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Changes how many ordinary sessions a database takes, from outside of it. The old value is
 * compared by a second session, the witness: once our change is made and not yet committed, nobody
 * else can change it, and the witness sees what it was.
 */
final class ConnectionLimit {
  private static final String OWNER = "only the owner of the database or a superuser";

  private final BypassConnection routes;
  private final ConnectionLimitRequest request;

  ConnectionLimit(BypassConnection routes, ConnectionLimitRequest request) {
    this.routes = routes;
    this.request = request;
  }

  Outcome perform() {
    try (ActingConnection route = routes.open(request.database());
        ActingConnection witness = routes.open(request.database())) {
      return change(route, witness);
    } catch (DatabaseException e) {
      String consequence =
          request.to() == ConnectionLimitRequest.CLOSED
              ? "whoever sets this limit could not put it back"
              : "there is no way in";
      return Outcome.refused("nothing was sent: %s (%s)".formatted(consequence, e.getMessage()));
    }
  }

  private Outcome change(ActingConnection route, ActingConnection witness) {
    try {
      route.begin();
      route.execute(alter());
      Optional<Integer> before = limit(witness);
      if (!before.equals(Optional.of(request.from()))) {
        return Outcome.refused(
            "nothing was changed: the limit is no longer what you saw: %s, not %d"
                .formatted(before.map(String::valueOf).orElse("unknown"), request.from()));
      }
    } catch (SQLException e) {
      return StatementOutcome.beforeCommit(e, route.address(), OWNER);
    }
    try {
      route.commit();
    } catch (SQLException e) {
      return StatementOutcome.atCommit(e, route.address());
    }
    return Outcome.done(
        "connection limit %d -> %s, through database %s"
            .formatted(request.from(), after(witness), route.address().database()));
  }

  private String alter() {
    return ActStatement.ALTER_LIMIT
        .sql()
        .replace(":connections", Integer.toString(request.to()))
        .replace(":database", ReadSettings.quoted(request.database().name()));
  }

  private Optional<Integer> limit(ActingConnection connection) throws SQLException {
    return connection.rows(ActStatement.DATABASE_LIMIT.sql(), request.database().name()).stream()
        .findFirst()
        .map(row -> row.number("connections"));
  }

  private String after(ActingConnection witness) {
    try {
      return limit(witness).map(String::valueOf).orElse("unknown");
    } catch (SQLException e) {
      return "%d (not seen: %s)".formatted(request.to(), Failures.asking(e, witness.address()));
    }
  }
}
