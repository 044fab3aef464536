package dev.lockkeeper.postgres;

import dev.lockkeeper.action.ConnectionLimitRequest;
import dev.lockkeeper.action.DatabaseOperations;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.PreparedRequest;
import dev.lockkeeper.action.RepairRequest;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Changes what happens in the database, each time over a connection of its own that is proven to
 * lead to the server run of the request. Nothing is ever sent twice.
 */
public final class PostgresOperations implements DatabaseOperations {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final DatabaseAddress address;
  private final Duration patience;
  private final BypassConnection routes;

  public PostgresOperations(DatabaseAddress address) {
    this(address, PATIENCE);
  }

  /**
   * @param patience how long to look whether signalled sessions are gone
   */
  PostgresOperations(DatabaseAddress address, Duration patience) {
    this.address = address;
    this.patience = patience;
    this.routes = new BypassConnection(address);
  }

  @Override
  public Outcome end(EndRequest request) {
    return guarded(
        () -> {
          try (ActingConnection connection = inOrBeside(request.database())) {
            return new SessionEnding(connection, request, patience).perform();
          } catch (DatabaseException e) {
            return Outcome.refused("nothing was sent: " + e.getMessage());
          }
        });
  }

  /**
   * Sessions can be ended from any database of their server: behind a closed door there is no other
   * way.
   */
  private ActingConnection inOrBeside(DatabaseIdentity wanted) throws DatabaseException {
    try {
      return ActingConnection.open(address, wanted);
    } catch (DatabaseException inside) {
      try {
        return routes.open(wanted);
      } catch (DatabaseException noRoute) {
        throw inside;
      }
    }
  }

  @Override
  public Outcome rollBack(PreparedRequest request) {
    return in(
        request.database(), connection -> new PreparedRollback(connection, request).perform());
  }

  @Override
  public Outcome limit(ConnectionLimitRequest request) {
    return guarded(() -> new ConnectionLimit(routes, request).perform());
  }

  @Override
  public Outcome repair(RepairRequest request) {
    return in(request.database(), connection -> new SchemaRepair(connection, request).perform());
  }

  private Outcome in(DatabaseIdentity wanted, Function<ActingConnection, Outcome> act) {
    return guarded(
        () -> {
          try (ActingConnection connection = ActingConnection.open(address, wanted)) {
            return act.apply(connection);
          } catch (DatabaseException e) {
            return Outcome.refused("nothing was sent: " + e.getMessage());
          }
        });
  }

  /** A bug must not take the wizard along, nor be taken for an answer. */
  private static Outcome guarded(Supplier<Outcome> act) {
    try {
      return act.get();
    } catch (RuntimeException e) {
      return Outcome.unknown(
          "what the server answered was not understood (%s)"
              .formatted(e.getClass().getSimpleName()));
    }
  }
}
