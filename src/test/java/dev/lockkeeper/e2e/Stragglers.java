package dev.lockkeeper.e2e;

import dev.lockkeeper.snapshot.MigrationLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left in the database when the last pod is gone: a session that holds the migration lock
 * and one that does nothing, both as coderd opens them, and a schema that is marked dirty.
 */
final class Stragglers implements AutoCloseable {
  private final List<Connection> sessions = new ArrayList<>();

  /**
   * Leaves them behind, once, when no pod is left: of one that began before a pod was stopped, the
   * wizard would say that its client most likely went with that pod.
   */
  void stay(Witness witness) {
    if (!sessions.isEmpty() || !witness.pods().isEmpty()) {
      return;
    }
    run(witness, "SELECT 1");
    run(witness, "SELECT pg_advisory_lock(" + MigrationLock.KEY + ")");
    run(witness, "UPDATE schema_migrations SET dirty = true");
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
    for (Connection session : sessions) {
      try {
        session.close();
      } catch (SQLException ended) {
        // That is what it was there for.
      }
    }
  }
}
