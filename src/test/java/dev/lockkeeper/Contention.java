package dev.lockkeeper;

import dev.lockkeeper.snapshot.MigrationLock;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A session that holds a table, and a migrator that waits for it. */
final class Contention implements AutoCloseable {
  private final String url;
  private final Connection witness;
  private final Connection blocker;
  private final Connection migrator;
  private final int pid;

  /**
   * @param libpq the database's URL as clients of Coder's have it, with its password
   */
  Contention(String libpq) throws SQLException {
    URI uri = URI.create(libpq);
    String[] login = uri.getUserInfo().split(":");
    url =
        "jdbc:postgresql://%s:%d%s?user=%s&password=%s&ApplicationName="
            .formatted(uri.getHost(), uri.getPort(), uri.getPath(), login[0], login[1]);
    witness = DriverManager.getConnection(url);
    run(witness, "CREATE TABLE IF NOT EXISTS raced_for ()");
    blocker = DriverManager.getConnection(url);
    pid = Integer.parseInt(ask(blocker, "SELECT pg_backend_pid()"));
    run(blocker, "BEGIN; LOCK TABLE raced_for");
    migrator = DriverManager.getConnection(url);
    run(migrator, "BEGIN; SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
    Thread waiting = new Thread(this::migrate, "migrator");
    waiting.setDaemon(true);
    waiting.start();
  }

  private void migrate() {
    try {
      run(migrator, "ALTER TABLE raced_for ADD COLUMN more int");
    } catch (SQLException goneOrAtItsEnd) {
      // The test ends while it waits.
    }
  }

  /** The process id of the session that is in the way. */
  int blocker() {
    return pid;
  }

  /** When that session started, as the wizard writes it. */
  String blockerStart() throws SQLException {
    run(witness, "SET timezone = 'UTC'");
    return ask(witness, "SELECT backend_start::text FROM pg_stat_activity WHERE pid = " + pid);
  }

  boolean blockerLives() throws SQLException {
    return !ask(witness, "SELECT pid FROM pg_stat_activity WHERE pid = " + pid).isEmpty();
  }

  void migratorGoes() throws SQLException {
    migrator.abort(Runnable::run);
    run(
        witness,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'ALTER TABLE raced_for%'");
  }

  private static void run(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      return answer.next() ? answer.getString(1) : "";
    }
  }

  @Override
  public void close() throws SQLException {
    blocker.abort(Runnable::run);
    migratorGoes();
    run(witness, "DROP TABLE raced_for");
    witness.close();
  }
}
