package dev.lockkeeper.postgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract on another version of PostgreSQL: {@code -Dlockkeeper.test.postgres=DIRECTORY} names
 * the directory above its {@code bin}.
 */
@EnabledIfSystemProperty(named = "lockkeeper.test.postgres", matches = ".+")
class OtherVersionTest extends DatabaseContract {
  private static StoppableServer server;

  @BeforeAll
  static void start() throws Exception {
    server = StoppableServer.start();
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
