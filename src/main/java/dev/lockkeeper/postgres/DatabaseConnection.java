package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.snapshot.DatabaseRights;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * One reading connection. Whatever is asked goes out as one message with its own short transaction
 * around it, so that the session never stays in one: what it holds, it holds for the time of the
 * question.
 */
public final class DatabaseConnection implements AutoCloseable {
  /** There on nearly every server. */
  private static final List<String> OTHERS = List.of("postgres", "template1");

  private final PgConnection connection;
  private final Optional<OtherDatabase> outside;
  private final int version;
  private final String database;
  private final String systemIdentifier;
  private final PreparedQuestions prepared = new PreparedQuestions();
  private final List<String> searchPath;

  /** Whether somebody stands between, as one has to suppose until the server has said its pid. */
  private boolean pooled = true;

  private DatabaseConnection(PgConnection connection, Optional<OtherDatabase> outside)
      throws SQLException {
    this.connection = connection;
    this.outside = outside;
    Row server = ask(ReadSettings.ownPath(), Question.SERVER.sql()).get(0).get(0);
    this.version = server.number("version");
    this.database = server.text("name");
    this.searchPath =
        ask(ReadSettings.ownPath(), Question.SEARCH_PATH.sql()).get(0).stream()
            .map(row -> row.text("schema"))
            .collect(Collectors.toList());
    this.systemIdentifier = readSystemIdentifier();
    this.pooled = server.number("pid") != connection.getBackendPID();
    if (!pooled) {
      // No pooler between: the session is ours alone, so the server may refuse writes for all of
      // it.
      connection.setReadOnly(true);
      ask(ReadSettings.catalog(), DriverProperties.NAMING);
    }
  }

  /**
   * Connects once, asks who is there, and hangs up.
   *
   * @throws DatabaseException if the database cannot be reached or entered
   */
  public static DatabaseIdentity probe(DatabaseAddress address) throws DatabaseException {
    try (DatabaseConnection connection = open(address)) {
      return connection.identity(connection.server());
    } catch (SQLException e) {
      throw new DatabaseException(Failures.connecting(e, address));
    } catch (RuntimeException e) {
      throw new DatabaseException(Failures.foreign(address));
    }
  }

  /**
   * Connects, to the database itself or, when its door is closed, to another one of that server.
   *
   * @throws DatabaseException if the database cannot be reached or entered
   */
  static DatabaseConnection open(DatabaseAddress address) throws DatabaseException {
    Connection opened = null;
    try {
      opened = connect(address);
      return new DatabaseConnection(opened.unwrap(PgConnection.class), Optional.empty());
    } catch (SQLException e) {
      abort(opened);
      Optional<DatabaseConnection> beside =
          Failures.state(e).equals(Failures.FULL) ? beside(address) : Optional.empty();
      return beside.orElseThrow(() -> new DatabaseException(Failures.connecting(e, address)));
    } catch (RuntimeException e) {
      abort(opened);
      throw new DatabaseException(Failures.foreign(address));
    }
  }

  private static Connection connect(DatabaseAddress address)
      throws SQLException, DatabaseException {
    return new Driver().connect(DriverProperties.url(address), DriverProperties.of(address));
  }

  /** A connection beside the closed door; none if it is not that which keeps us out. */
  private static Optional<DatabaseConnection> beside(DatabaseAddress address) {
    return OTHERS.stream()
        .filter(name -> !name.equals(address.database()))
        .map(name -> beside(address, name))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<DatabaseConnection> beside(DatabaseAddress address, String name) {
    Connection opened = null;
    try {
      opened = connect(address.to(name));
      PgConnection there = opened.unwrap(PgConnection.class);
      DatabaseConnection beside =
          new DatabaseConnection(
              there,
              Optional.of(new OtherDatabase("'" + there.escapeLiteral(address.database()) + "'")));
      if (beside.doorIsClosed()) {
        return Optional.of(beside);
      }
    } catch (SQLException | DatabaseException noWay) {
      // The first reason is told, and not that of the way round.
    }
    abort(opened);
    return Optional.empty();
  }

  /** Whether the database that is meant takes no sessions but superusers'. */
  boolean doorIsClosed() throws SQLException {
    Row slots = ask(ReadSettings.catalog(), Question.SLOTS.sql()).get(0).get(0);
    return slots.optional("database_limit").filter("0"::equals).isPresent();
  }

  /** Whether it leads to another database than the one that is meant, because of its door. */
  boolean isOutside() {
    return outside.isPresent();
  }

  /**
   * Asks in one round trip.
   *
   * @return the rows of each statement in order
   * @throws SQLException if any of them failed; the transaction is then rolled back
   */
  List<List<Row>> ask(ReadSettings terms, String... statements) throws SQLException {
    boolean whole = pooled || isOutside();
    try {
      return answers(terms, whole ? List.of(statements) : prepared(terms, statements));
    } catch (SQLException e) {
      if (whole || !PreparedQuestions.outdated(e)) {
        throw e;
      }
      return answers(terms, List.of(statements));
    }
  }

  private List<String> prepared(ReadSettings terms, String... statements) {
    return Stream.of(statements).map(each -> prepared.of(terms, each)).toList();
  }

  private List<List<Row>> answers(ReadSettings terms, List<String> statements) throws SQLException {
    String questions = String.join("\n;", statements);
    String message =
        terms.opening()
            + outside.map(home -> home.asked(questions)).orElse(questions)
            + "\n;COMMIT";
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      return answers(statement, message);
    } catch (SQLException e) {
      rollBack();
      throw e;
    } catch (RuntimeException e) {
      close();
      throw new SQLException(Failures.FOREIGN, Failures.PROTOCOL, e);
    }
  }

  private static List<List<Row>> answers(Statement statement, String message) throws SQLException {
    List<List<Row>> answers = new ArrayList<>();
    boolean rows = statement.execute(message);
    while (rows || statement.getUpdateCount() != -1) {
      if (rows) {
        answers.add(Row.all(statement.getResultSet()));
      }
      rows = statement.getMoreResults();
    }
    return answers;
  }

  private void rollBack() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK;" + prepared.forget());
    } catch (SQLException broken) {
      close();
    }
  }

  private String readSystemIdentifier() throws SQLException {
    try {
      return ask(ReadSettings.catalog(), Question.SYSTEM_IDENTIFIER.sql()).get(0).get(0).text("id");
    } catch (SQLException e) {
      if (Failures.breaksConnection(e)) {
        throw e;
      }
      return "";
    }
  }

  /** The server's word on itself and on us. */
  Row server() throws SQLException {
    return ask(ReadSettings.catalog(), Question.SERVER.sql()).get(0).get(0);
  }

  DatabaseIdentity identity(Row server) {
    HostSpec host = connection.getQueryExecutor().getHostSpec();
    return new DatabaseIdentity(
        host.getHost(),
        host.getPort(),
        server.text("name"),
        server.text("role"),
        systemIdentifier,
        server.text("started"),
        version,
        server.flag("standby"));
  }

  static DatabaseRights rights(Row server) {
    return new DatabaseRights(
        server.flag("sees_all"), server.flag("may_signal"), server.flag("superuser"));
  }

  /** Whether somebody stands between who lends a session to one client after the other. */
  boolean isPooled() {
    return pooled;
  }

  int version() {
    return version;
  }

  /** The database's own name, which need not be the one that a pooler is asked for. */
  String database() {
    return database;
  }

  /** The schemas in which this role looks for a table, in order. */
  List<String> searchPath() {
    return searchPath;
  }

  /** Hangs up, even while another thread waits for an answer. */
  @Override
  public void close() {
    abort(connection);
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
