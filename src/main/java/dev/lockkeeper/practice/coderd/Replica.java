package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.practice.cluster.ContainerRuntime.Spec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A server's row in the table {@code replicas}, which says who is alive. */
final class Replica {
  private final UUID id = UUID.randomUUID();
  private final Spec spec;
  private final Release release;

  Replica(Spec spec, Release release) {
    this.spec = spec;
    this.release = release;
  }

  /** Best effort, as in the original: the row is missing if the table is out of reach. */
  void register(Connection connection) throws CoderdFailed {
    String insert =
        "INSERT INTO replicas (id, created_at, started_at, updated_at, hostname, region_id,"
            + " relay_address, database_latency, version)"
            + " VALUES (?, now(), now(), now(), ?, 0, ?, 210, ?)";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setObject(1, id);
      statement.setString(2, spec.pod());
      statement.setString(3, "http://" + spec.address() + ":" + Listener.PORT);
      statement.setString(4, release.build());
      statement.executeUpdate();
    } catch (SQLException refused) {
      throw new CoderdFailed("start replica sync: insert replica: pq: " + refused.getSQLState());
    }
  }

  void beat(Connection connection) throws SQLException {
    update(connection, "UPDATE replicas SET updated_at = now(), error = '' WHERE id = ?");
  }

  /** Leaves if that is possible within a second. */
  void sayGoodbye(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '1s'");
      update(connection, "UPDATE replicas SET updated_at = now(), stopped_at = now() WHERE id = ?");
    } catch (SQLException tooLate) {
      // Then the row goes stale, which says the same a little later.
    }
  }

  private void update(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.executeUpdate();
    }
  }
}
