package dev.lockkeeper.practice.coderd;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Brings the schema up to a release the way that releases since 2.5 do: under one advisory lock,
 * all pending migrations in one transaction. Nothing here listens to SIGTERM.
 */
final class Migrator {
  private static final String LOCK = "SELECT pg_advisory_xact_lock(1037453835920848937)";
  private static final String PREFIX = "connect to postgres: connect to postgres: migrate up: ";

  private final Release release;
  private final List<Migration> migrations;
  private final double pace;
  private final AtomicReference<CountDownLatch> frozen = new AtomicReference<>();

  Migrator(Release release, List<Migration> migrations, double pace) {
    this.release = release;
    this.migrations = migrations;
    this.pace = pace;
  }

  /** Lets the process stand still before its next statement, with its session open. */
  void freeze() {
    frozen.compareAndSet(null, new CountDownLatch(1));
  }

  /** Ends that; the process is being killed. */
  void wake() {
    Optional.ofNullable(frozen.get()).ifPresent(CountDownLatch::countDown);
  }

  private void standStillIfFrozen() {
    CountDownLatch ice = frozen.get();
    if (ice != null) {
      try {
        ice.await();
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Migrates. Afterwards the session is in autocommit again.
   *
   * @throws CoderdFailed with the words of the original
   */
  void run(Connection connection) throws CoderdFailed {
    refuseV1(connection);
    ensureVersionTable(connection);
    try {
      up(connection);
      connection.setAutoCommit(true);
    } catch (SQLException lost) {
      throw new CoderdFailed(PREFIX + "up: pq: " + message(lost));
    }
  }

  /** The table by which Coder's first version is known. */
  private static void refuseV1(Connection connection) throws CoderdFailed {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT to_regclass('migration_cursor')")) {
      if (row.next() && row.getString(1) != null) {
        throw new CoderdFailed(
            PREFIX
                + "migrate setup: currently connected to a Coder v1 database, aborting database"
                + " setup");
      }
    } catch (SQLException lost) {
      throw new CoderdFailed(PREFIX + "migrate setup: pq: " + message(lost));
    }
  }

  /** Here a replica waits without an end, and without a word, while another one migrates. */
  private void ensureVersionTable(Connection connection) throws CoderdFailed {
    String stage = "acquire migration lock";
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(LOCK);
      stage = "create table";
      statement.execute(
          "CREATE TABLE IF NOT EXISTS schema_migrations"
              + " (version bigint not null primary key, dirty boolean not null)");
      connection.commit();
    } catch (SQLException lost) {
      throw new CoderdFailed(
          PREFIX + "migrate setup: ensure version table: " + stage + ": pq: " + message(lost));
    }
  }

  private void up(Connection connection) throws SQLException, CoderdFailed {
    lock(connection);
    int current = version(connection);
    if (current > release.schema()) {
      throw new CoderdFailed(
          PREFIX
              + "up: no migration found for version "
              + current
              + ": read down for version "
              + current
              + " .: file does not exist");
    }
    for (Migration migration : migrations) {
      standStillIfFrozen();
      if (migration.version() > current && migration.version() <= release.schema()) {
        apply(connection, migration);
      }
    }
    connection.commit();
  }

  /** The lock goes by itself when the wait is over: the process ends, and its sessions with it. */
  private void lock(Connection connection) throws SQLException, CoderdFailed {
    CountDownLatch locked = new CountDownLatch(1);
    AtomicBoolean late = new AtomicBoolean();
    Thread watch = new Thread(() -> watch(connection, locked, late), "migration lock timeout");
    watch.setDaemon(true);
    watch.start();
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK);
    } catch (SQLException ended) {
      if (late.get()) {
        throw new CoderdFailed(PREFIX + "up: timeout: can't acquire database lock");
      }
      throw ended;
    } finally {
      locked.countDown();
    }
  }

  private void watch(Connection connection, CountDownLatch locked, AtomicBoolean late) {
    try {
      if (!locked.await(release.lockTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        late.set(true);
        connection.abort(Runnable::run);
      }
    } catch (SQLException gone) {
      // Then the waiter has heard of it too.
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static int version(Connection connection) throws SQLException, CoderdFailed {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT version, dirty FROM schema_migrations LIMIT 1")) {
      if (!row.next()) {
        throw new CoderdFailed(PREFIX + "up: the practice world has no migrations below 363");
      }
      int version = row.getInt("version");
      if (row.getBoolean("dirty")) {
        throw new CoderdFailed(
            PREFIX + "up: Dirty database version " + version + ". Fix and force version.");
      }
      return version;
    }
  }

  private void apply(Connection connection, Migration migration) throws CoderdFailed {
    try (Statement statement = connection.createStatement()) {
      mark(statement, migration.version(), true);
      statement.execute(migration.paced(pace));
      mark(statement, migration.version(), false);
    } catch (SQLException failed) {
      String commit = commitAfterFailure(connection);
      String said = message(failed);
      throw new CoderdFailed(
          PREFIX
              + "up: 2 errors occurred:\n\t* run statement: migration failed: "
              + said
              + " in line 0: "
              + migration.sql()
              + " (details: pq: "
              + said
              + ")\n\t* commit tx on unlock: "
              + commit
              + "\n\n");
    }
  }

  private static void mark(Statement statement, int version, boolean dirty) throws SQLException {
    statement.execute("TRUNCATE schema_migrations");
    statement.execute(
        "INSERT INTO schema_migrations (version, dirty) VALUES (" + version + ", " + dirty + ")");
  }

  /** The original commits even then; the server answers a failed transaction with a rollback. */
  private static String commitAfterFailure(Connection connection) {
    try {
      connection.rollback();
      return "pq: Could not complete operation in a failed transaction";
    } catch (SQLException lost) {
      return "driver: bad connection";
    }
  }

  private static String message(SQLException failed) {
    String text = String.valueOf(failed.getMessage());
    int severity = text.indexOf(": ");
    boolean server = text.startsWith("ERROR: ") || text.startsWith("FATAL: ");
    return (server ? text.substring(severity + 2) : text).lines().findFirst().orElse(text);
  }
}
