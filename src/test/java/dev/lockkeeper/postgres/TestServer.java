package dev.lockkeeper.postgres;

import dev.lockkeeper.postgres.DatabaseAddress.Host;
import java.util.List;
import java.util.Map;

/**
 * A real server to test against.
 *
 * @param port where it listens on loopback
 * @param superuser its first role
 * @param password that role's password
 */
public record TestServer(int port, String superuser, String password) {
  DatabaseAddress address(String database, String role, String secret) {
    return new DatabaseAddress(
        List.of(new Host("127.0.0.1", port)),
        database,
        role,
        Secret.of(secret),
        Map.of("sslmode", "disable"));
  }

  DatabaseAddress asSuperuser(String database) {
    return address(database, superuser, password);
  }
}
