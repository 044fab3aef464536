package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.DatabaseIdentity;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * A connection for one act. It exists only if it leads to the server run that was asked for, to a
 * primary, and with nobody between: what is said over it is said to that server. Each statement is
 * a transaction of its own unless {@link #begin} was called.
 */
final class ActingConnection implements AutoCloseable {
  /** Statements end before the socket's patience does, so that the server says what happened. */
  private static final String SETTINGS =
      "SET search_path = pg_catalog; SET timezone = 'UTC'; SET lock_timeout = '1s';"
          + " SET statement_timeout = '2500ms'; SET idle_in_transaction_session_timeout = '10s'";

  private final DatabaseAddress address;
  private final PgConnection connection;
  private final Row server;

  private ActingConnection(DatabaseAddress address, PgConnection connection) throws SQLException {
    this.address = address;
    this.connection = connection;
    this.server = rows(Question.SERVER.sql()).get(0);
  }

  /**
   * Connects.
   *
   * @param wanted where the connection must lead: database, server and its start
   * @throws DatabaseException if it does not come about or leads elsewhere; nothing was done then
   */
  static ActingConnection open(DatabaseAddress address, DatabaseIdentity wanted)
      throws DatabaseException {
    Connection opened = null;
    try {
      opened = new Driver().connect(DriverProperties.url(address), properties(address));
      ActingConnection acting = new ActingConnection(address, opened.unwrap(PgConnection.class));
      acting.prove(wanted);
      acting.execute(SETTINGS);
      acting.execute(DriverProperties.NAMING);
      return acting;
    } catch (SQLException e) {
      abort(opened);
      throw new DatabaseException(Failures.connecting(e, address));
    } catch (DatabaseException | RuntimeException e) {
      abort(opened);
      throw e;
    }
  }

  private static Properties properties(DatabaseAddress address) throws DatabaseException {
    Properties properties = DriverProperties.of(address);
    // Values travel apart from the statements.
    PGProperty.PREFER_QUERY_MODE.set(properties, "extended");
    return properties;
  }

  private void prove(DatabaseIdentity wanted) throws DatabaseException, SQLException {
    int announced = connection.getBackendPID();
    if (server.number("pid") != announced) {
      throw new DatabaseException(
          "a connection pooler stands between (the session is pid %d and was announced as %d): connect to the server itself"
              .formatted(server.number("pid"), announced));
    }
    DatabaseIdentity found = identity();
    if (found.standby()) {
      throw new DatabaseException(address.where() + " is a standby now");
    }
    if (!found.sameServer(wanted)) {
      throw new DatabaseException(difference(found, wanted));
    }
  }

  private static String difference(DatabaseIdentity found, DatabaseIdentity wanted) {
    if (!found.name().equals(wanted.name())) {
      return "this is database %s, not %s".formatted(found.name(), wanted.name());
    }
    if (!found.systemIdentifier().equals(wanted.systemIdentifier())) {
      return "this is another server: its system identifier is %s, not %s"
          .formatted(found.systemIdentifier(), wanted.systemIdentifier());
    }
    return "the server was restarted since: it started at %s, not at %s"
        .formatted(found.startedAt(), wanted.startedAt());
  }

  private DatabaseIdentity identity() throws SQLException {
    HostSpec host = connection.getQueryExecutor().getHostSpec();
    return new DatabaseIdentity(
        host.getHost(),
        host.getPort(),
        server.text("name"),
        server.text("role"),
        systemIdentifier(),
        server.text("started"),
        server.number("version"),
        server.flag("standby"));
  }

  private String systemIdentifier() throws SQLException {
    try {
      return rows(Question.SYSTEM_IDENTIFIER.sql()).get(0).text("id");
    } catch (SQLException e) {
      if (Failures.state(e).equals(Failures.NO_RIGHT)) {
        return "";
      }
      throw e;
    }
  }

  /** Where it leads, without the password. */
  DatabaseAddress address() {
    return address;
  }

  boolean superuser() {
    return server.flag("superuser");
  }

  /** A statement to be run several times; closed by the caller. */
  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** A list as one value, such as of type {@code int4}. */
  Array array(String type, List<?> values) throws SQLException {
    return connection.createArrayOf(type, values.toArray());
  }

  List<Row> rows(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql)) {
      return rows(statement, values);
    }
  }

  static List<Row> rows(PreparedStatement statement, Object... values) throws SQLException {
    fill(statement, values);
    return Row.all(statement.executeQuery());
  }

  /**
   * Changes rows.
   *
   * @return how many
   */
  int change(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql)) {
      fill(statement, values);
      return statement.executeUpdate();
    }
  }

  private static void fill(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /** Runs a statement as it stands. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** What follows is one transaction, in which each statement sees what others have committed. */
  void begin() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setAutoCommit(false);
  }

  /**
   * Ends the transaction.
   *
   * @throws SQLException if it was not committed, or if nobody can say: see {@link
   *     StatementOutcome}
   */
  void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Hangs up; what was not committed is rolled back. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException alreadyGone) {
      // It is gone either way.
    }
  }

  private static void abort(Connection connection) {
    try {
      if (connection != null) {
        connection.abort(Runnable::run);
      }
    } catch (SQLException alreadyGone) {
      // It is gone either way.
    }
  }
}
