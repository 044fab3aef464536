package dev.lockkeeper.postgres;

import dev.lockkeeper.e2e.Pty;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Prints what it costs the server to be watched for a second, beside pg_activity at its usual two
 * seconds, while nobody waits and while some wait behind a migrator. {@code scripts/cost} runs it;
 * no build does, because of its name.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS) // as long as it takes
class WatchingBenchmark {
  private static final List<Integer> LOADS = List.of(200, 1000, 3000);
  private static final int SETTLED_SECONDS = 6;
  private static final int SECONDS = 20;
  private static final int ROOM = 20;

  @Test
  void whatASecondCosts() throws Exception {
    System.out.println("| sessions | | server, ms a second | pg_activity, ms a second | ratio |");
    System.out.println("|---:|---|---:|---:|---:|");
    for (int sessions : LOADS) {
      try (StoppableServer server = StoppableServer.startFor(sessions + ROOM);
          Scene scene = Scene.coder(server.access())) {
        Connection admin = scene.session("postgres");
        for (int i = 0; i < sessions; i++) {
          scene.session();
        }
        print(sessions, "nobody waits", admin, scene.address("coder"));
        scene.oldReplica();
        scene.later(scene.migrator(), "ALTER TABLE workspaces ADD COLUMN x int");
        print(sessions, "a migrator waits", admin, scene.address("coder"));
      }
    }
  }

  private static void print(int sessions, String what, Connection admin, DatabaseAddress address)
      throws Exception {
    double ours;
    try (DatabaseSource source = new DatabaseSource(address, Pace.normal())) {
      source.watch(seen -> {});
      ours = millisecondsPerSecond(admin, DriverProperties.APPLICATION);
    }
    double other = pgActivity(admin, address);
    System.out.printf(
        "| %,d | %s | %.1f | %.1f | %.1f |%n", sessions, what, ours, other, ours / other);
  }

  private static double pgActivity(Connection admin, DatabaseAddress address) throws Exception {
    String url =
        "postgresql://%s:%s@%s/%s"
            .formatted(
                address.user(),
                URLEncoder.encode(address.password().reveal(), StandardCharsets.UTF_8),
                address.hosts().get(0),
                address.database());
    try (Pty pty = Pty.run(List.of("pg_activity", "--no-db-size", url), "DATABASE")) {
      pty.millisUntil("DATABASE");
      return millisecondsPerSecond(admin, "pg_activity");
    }
  }

  /** Of the server's processes for the sessions of this name. */
  private static double millisecondsPerSecond(Connection admin, String application)
      throws Exception {
    TimeUnit.SECONDS.sleep(SETTLED_SECONDS);
    String pids =
        Scene.ask(
            admin,
            "SELECT coalesce(string_agg(pid::text, ' '), '') FROM pg_stat_activity WHERE application_name = '%s'"
                .formatted(application));
    long before = processor(pids);
    TimeUnit.SECONDS.sleep(SECONDS);
    return (processor(pids) - before) / 1e6 / SECONDS;
  }

  private static long processor(String pids) throws IOException {
    long sum = 0;
    for (String pid : pids.split(" ")) {
      sum += Long.parseLong(Files.readString(Path.of("/proc", pid, "schedstat")).split(" ")[0]);
    }
    return sum;
  }
}
