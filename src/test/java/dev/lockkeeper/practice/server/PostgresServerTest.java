package dev.lockkeeper.practice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  private static final Path CACHE = Path.of("target", "practice-cache").toAbsolutePath();

  @TempDir Path world;

  /** What a killed practice world leaves behind it is this process's business alone. */
  public static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      PostgresServer server =
          PostgresServer.start(Path.of(arguments[0]), Path.of(arguments[1]), line -> {});
      System.out.println(server.port());
      Thread.sleep(60_000);
    }
  }

  @Test
  void itIsDurableAndAsksForPasswordsAndGoesWithItsData() throws Exception {
    try (PostgresServer server = PostgresServer.start(world, CACHE, line -> {})) {
      assertThat(setting(server, "fsync")).isEqualTo("on");
      assertThat(setting(server, "wal_level")).isEqualTo("logical");
      assertThat(setting(server, "max_prepared_transactions")).isEqualTo("10");
      assertThat(setting(server, "server_encoding")).isEqualTo("UTF8");
      assertThatThrownBy(() -> server.session("postgres", "postgres", "wrong"))
          .hasMessageContaining("password authentication failed");
      assertThat(world.resolve("postgres/password")).doesNotExist();
    }
    assertThat(world.resolve("postgres")).doesNotExist();
  }

  @Test
  void itEndsWhenItsParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                world.toString(),
                CACHE.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = parent.inputReader()) {
      assertThat(Integer.parseInt(output.readLine())).isPositive();
      List<String> pid = Files.readAllLines(world.resolve("postgres/data/postmaster.pid"));
      ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid.get(0))).orElseThrow();
      assertThat(postmaster.isAlive()).isTrue();

      parent.destroyForcibly();

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !postmaster.isAlive() && !Files.exists(world.resolve("postgres")));
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "user.name", matches = "root")
  void whereUserNamespacesAreRefusedItRunsAsAnotherUser() throws Exception {
    ServerUser nobody =
        ServerUser.switching("nobody", "setpriv", "--reuid=nobody", "--clear-groups");
    try (PostgresServer server =
        PostgresServer.start(world, CACHE, Content.none(), nobody, line -> {})) {
      assertThat(setting(server, "data_directory")).doesNotStartWith(world.toString());
      assertThat(server.alive()).isTrue();
    }
  }

  private static String setting(PostgresServer server, String name) throws Exception {
    try (Connection connection = server.superuser("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }
}
