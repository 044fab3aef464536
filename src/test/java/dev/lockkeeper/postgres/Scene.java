package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.postgresql.Driver;

/** A database of its own for one test, and sessions that do to it what coderd does. */
public final class Scene implements AutoCloseable {
  static final String PASSWORD = "c0der-c4nary@:/";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final TestServer server;
  private final String database = "scene_" + NUMBER.incrementAndGet();
  private final List<Connection> sessions = new ArrayList<>();

  private Scene(TestServer server) {
    this.server = server;
  }

  /** An empty database that belongs to the role coder. */
  public static Scene empty(TestServer server) throws Exception {
    Scene scene = new Scene(server);
    try (Connection admin = connect(server.asSuperuser("postgres"))) {
      run(admin, "DROP DATABASE IF EXISTS " + scene.database);
      run(admin, role("coder", ""));
      run(admin, role("watcher", ""));
      run(admin, role("monitor", " IN ROLE pg_monitor"));
      run(admin, "CREATE DATABASE " + scene.database + " OWNER coder");
    }
    return scene;
  }

  /** A database with Coder's tables, at schema number 362. */
  public static Scene coder(TestServer server) throws Exception {
    Scene scene = empty(server);
    run(scene.session(), tables());
    return scene;
  }

  private static String role(String name, String more) {
    return "DO $$ BEGIN CREATE ROLE %s LOGIN PASSWORD '%s'%s; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        .formatted(name, PASSWORD, more);
  }

  static String tables() throws Exception {
    try (InputStream text = Scene.class.getResourceAsStream("coder.sql")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public DatabaseAddress address(String role) {
    return role.equals(server.superuser())
        ? server.asSuperuser(database)
        : server.address(database, role, PASSWORD);
  }

  /** A session of coderd's role, open until the scene ends. */
  public Connection session() throws Exception {
    return session("coder");
  }

  public Connection session(String role) throws Exception {
    Connection session = connect(address(role));
    sessions.add(session);
    return session;
  }

  /**
   * A session from another address of this machine, as a pod has one, open until the scene ends.
   *
   * @param from an address of 127.0.0.0/8
   * @param application what it calls itself; empty as coderd does
   */
  public Connection session(String role, String from, String application) throws Exception {
    Connection session = connect(address(role), Map.of("localSocketAddress", from), application);
    sessions.add(session);
    return session;
  }

  /** A superuser's session in another database of the server, open until the scene ends. */
  public Connection elsewhere(String application) throws Exception {
    Connection session = connect(server.asSuperuser("postgres"), Map.of(), application);
    sessions.add(session);
    return session;
  }

  private static Connection connect(DatabaseAddress address) throws SQLException {
    return connect(address, Map.of(), "");
  }

  private static Connection connect(
      DatabaseAddress address, Map<String, String> more, String application) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(more);
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password().reveal());
    properties.setProperty("sslmode", "disable");
    properties.setProperty("ApplicationName", application);
    return new Driver().connect(DriverProperties.url(address), properties);
  }

  /** An old replica that holds a row of workspaces and does nothing. */
  Connection oldReplica() throws Exception {
    Connection replica = session();
    run(replica, "BEGIN; UPDATE workspaces SET name = 'x' WHERE id = 1");
    return replica;
  }

  /** A migrator in its transaction, with schema_migrations locked. */
  Connection migrator() throws Exception {
    Connection migrator = session();
    run(migrator, "BEGIN; SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
    run(migrator, "TRUNCATE schema_migrations; INSERT INTO schema_migrations VALUES (401, true)");
    return migrator;
  }

  /** Runs what will have to wait. */
  public void later(Connection session, String sql) {
    Thread thread =
        new Thread(
            () -> {
              try {
                run(session, sql);
              } catch (SQLException endedWithTheScene) {
                // The scene closes its sessions while some of them wait.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  public static void run(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  public static String ask(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      return answer.next() ? answer.getString(1) : "";
    }
  }

  /** Waits until every new session has this value. */
  static void readUntilSet(Connection session, String parameter, String value) {
    Awaitility.await().until(() -> ask(session, "SHOW " + parameter), shown -> shown.equals(value));
  }

  public static int pid(Connection session) throws SQLException {
    return session.unwrap(org.postgresql.PGConnection.class).getBackendPID();
  }

  /** One look at the database as coderd's role. */
  Database read() throws Exception {
    return read("coder");
  }

  Database read(String role) throws Exception {
    return readAt(address(role));
  }

  static Database readAt(DatabaseAddress address) throws Exception {
    try (DatabaseConnection connection = DatabaseConnection.open(address)) {
      return read(new DatabaseReader(connection, new SlowFacts(address, Pace.normal())));
    }
  }

  /** Everything, the slow facts too. */
  static Database read(DatabaseReader reader) throws SQLException {
    reader.read();
    reader.readSlowFacts();
    return reader.read();
  }

  /** Looks until it is so. */
  Database readUntil(Predicate<Database> so) {
    return readUntil("coder", so);
  }

  Database readUntil(String role, Predicate<Database> so) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(30))
        .until(() -> read(role), so);
  }

  @Override
  public void close() throws SQLException {
    for (Connection session : sessions) {
      session.abort(Runnable::run);
    }
    try (Connection admin = connect(server.asSuperuser("postgres"))) {
      run(admin, "DROP DATABASE " + database + " WITH (FORCE)");
    } catch (SQLException kept) {
      // Of a prepared transaction or a slot; it goes with the server. But its sessions end now.
      endSessions();
    }
  }

  private void endSessions() throws SQLException {
    try (Connection admin = connect(server.asSuperuser("postgres"))) {
      run(
          admin,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
              + database
              + "'");
    }
  }
}
