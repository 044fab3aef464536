package dev.lockkeeper.postgres;

import dev.lockkeeper.practice.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the practice world's server. */
class EmbeddedDatabaseTest extends DatabaseContract {
  private static final String PASSWORD = "super-c4nary";

  @TempDir private static Path world;

  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    Path cache = Files.createDirectories(Path.of("target", "practice-cache").toAbsolutePath());
    server = PostgresServer.start(world, cache, progress -> {});
    try (Connection superuser = server.superuser("postgres")) {
      Scene.run(superuser, "CREATE ROLE boss SUPERUSER LOGIN PASSWORD '" + PASSWORD + "'");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  public TestServer server() {
    return new TestServer(server.port(), "boss", PASSWORD);
  }
}
