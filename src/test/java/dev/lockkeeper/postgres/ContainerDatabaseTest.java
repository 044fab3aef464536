package dev.lockkeeper.postgres;

import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The contract on a server in a container, where a Docker engine answers. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerDatabaseTest extends DatabaseContract {
  private static final String PASSWORD = "super-c4nary";

  @Container
  private static final PostgreSQLContainer POSTGRES =
      new PostgreSQLContainer("postgres:15")
          .withUsername("postgres")
          .withPassword(PASSWORD)
          .withCommand("postgres", "-c", "max_prepared_transactions=5", "-c", "fsync=off");

  @Override
  public TestServer server() {
    return new TestServer(POSTGRES.getFirstMappedPort(), "postgres", PASSWORD);
  }
}
