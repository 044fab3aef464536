package dev.lockkeeper.postgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a server started from the binaries on the class path. */
class EmbeddedDatabaseTest extends DatabaseContract {
  private static EmbeddedServer server;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  TestServer server() {
    return server.access();
  }
}
