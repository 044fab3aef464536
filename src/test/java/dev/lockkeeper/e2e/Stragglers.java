package dev.lockkeeper.e2e;

import dev.lockkeeper.snapshot.MigrationLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What is left in the database when the last pod is gone: a session that holds the migration lock
 * and speaks now and then, so that it is not taken for dead, and one that does nothing, both as
 * coderd opens them, and a schema that is marked dirty.
 */
final class Stragglers implements AutoCloseable {
  private final List<Connection> sessions = new ArrayList<>();
  private final ScheduledExecutorService speaking = Executors.newSingleThreadScheduledExecutor();

  /** Leaves them behind, once; blocks until the migration lock is free. */
  void stay(Witness witness) {
    if (!sessions.isEmpty()) {
      return;
    }
    run(witness, "SELECT 1");
    run(witness, "SELECT pg_advisory_lock(" + MigrationLock.KEY + ")");
    run(witness, "UPDATE schema_migrations SET dirty = true");
    Connection holder = sessions.get(1);
    speaking.scheduleWithFixedDelay(() -> speak(holder), 10, 10, TimeUnit.SECONDS);
  }

  private static void speak(Connection session) {
    try (Statement statement = session.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException ended) {
      throw new IllegalStateException("no more to say", ended);
    }
  }

  /** In a session of its own, which stays; coderd gives its sessions no name. */
  private void run(Witness witness, String text) {
    try {
      Connection session = witness.coderd();
      sessions.add(session);
      try (Statement statement = session.createStatement()) {
        statement.execute("SET application_name = ''");
        statement.execute(text);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    speaking.shutdownNow();
    for (Connection session : sessions) {
      try {
        session.close();
      } catch (SQLException ended) {
        // That is what it was there for.
      }
    }
  }
}
