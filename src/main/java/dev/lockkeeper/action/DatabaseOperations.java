package dev.lockkeeper.action;

/**
 * What can be changed in the database: a method for each kind of request. An implementation makes
 * sure that it is connected to the database and the server run of the request, lets the server test
 * that the target is still the one that was seen, and never throws: whatever happens becomes an
 * {@link Outcome}.
 */
public interface DatabaseOperations {
  /**
   * Cancels or ends each of the sessions for which the grounds still hold, one statement a session,
   * and looks until they are really gone or for some seconds. One that is refused, protected or
   * gone already does not keep the others from being ended; the outcome has a part for each.
   */
  Outcome end(EndRequest request);

  /** Rolls back one prepared transaction. */
  Outcome rollBack(PreparedRequest request);

  /**
   * Changes the database's connection limit, over a second route that is proven first: whoever
   * closes a door must be able to open it again.
   */
  Outcome limit(ConnectionLimitRequest request);

  /** Compares and sets the row of {@code schema_migrations} under the migration lock. */
  Outcome repair(RepairRequest request);
}
