package dev.lockkeeper.practice.coderd;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.Driver;

/**
 * The database sessions of one container. They come from the pod's own address, as a server sees
 * those of a real pod, and they can be dropped as the kernel drops those of a killed process: with
 * no word of goodbye, so that a busy backend learns of it late.
 */
final class Connections {
  private final DatabaseAddress database;
  private final String podAddress;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean dropped;

  Connections(DatabaseAddress database, String podAddress) {
    this.database = database;
    this.podAddress = podAddress;
  }

  Connection open() throws SQLException {
    Properties properties = database.login();
    properties.setProperty("localSocketAddress", podAddress);
    // Coder names no application, and sends a migration file as one simple query.
    properties.setProperty("ApplicationName", "");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("connectTimeout", "5");
    Connection connection = new Driver().connect(database.jdbcUrl(), properties);
    open.removeIf(Connections::closed);
    open.add(connection);
    if (dropped) {
      drop();
      throw new SQLException("the process is gone", "08003");
    }
    return connection;
  }

  private static boolean closed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException unknown) {
      return true;
    }
  }

  /** SIGKILL: the sockets go, the backends are told nothing. */
  void drop() {
    dropped = true;
    for (Connection connection : open) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException alreadyGone) {
        // Gone is gone.
      }
    }
    open.clear();
  }

  /** An orderly end. */
  void close() {
    dropped = true;
    for (Connection connection : open) {
      try {
        connection.close();
      } catch (SQLException alreadyGone) {
        // Gone is gone.
      }
    }
    open.clear();
  }
}
