package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Prints what a refresh costs beside a look that asks {@code pg_blocking_pids} for everybody, while
 * sessions queue behind a migrator. Run its main method from an IDE or with the test class path.
 */
final class RefreshBenchmark {
  private static final int ROUNDS = 31;
  private static final String NAIVE =
      "SELECT count(*) FROM (SELECT a.pid, pg_blocking_pids(a.pid) FROM pg_stat_activity AS a OFFSET 0) AS all_pairs";

  private RefreshBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    try (StoppableServer server = StoppableServer.start()) {
      for (Queue queue : Queue.values()) {
        for (int sessions : new int[] {50, 200, 500}) {
          measure(server, queue, sessions);
        }
      }
    }
  }

  /** What the sessions wait for. */
  private enum Queue {
    NOTHING("SELECT 1"),
    TABLE("SELECT count(*) FROM workspaces"),
    MIGRATION_LOCK("SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");

    private final String sql;

    Queue(String sql) {
      this.sql = sql;
    }
  }

  private static void measure(StoppableServer server, Queue queue, int sessions) throws Exception {
    try (Scene scene = Scene.coder(server.access());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      Connection admin = scene.session("postgres");
      scene.oldReplica();
      Connection migrator = scene.migrator();
      scene.later(migrator, "ALTER TABLE workspaces ADD COLUMN x int");
      Thread.sleep(200);
      for (int i = 0; i < sessions; i++) {
        scene.later(scene.session(), queue.sql);
      }
      Thread.sleep(1000);
      SlowFacts slow = new SlowFacts(scene.address("coder"), Pace.normal());
      DatabaseReader reader = new DatabaseReader(connection, slow);
      long refresh = median(() -> reader.read());
      long naive = median(() -> Scene.ask(admin, NAIVE));
      Database last = reader.read();
      System.out.printf(
          "%3d sessions waiting for %-14s refresh %6.2f ms  naive %7.2f ms  ratio %5.2f  (%d sessions, %d locks, %d waits seen)%n",
          sessions,
          queue,
          refresh / 1e6,
          naive / 1e6,
          (double) refresh / naive,
          last.backends().size(),
          last.locks().size(),
          last.waits().size());
    }
  }

  /** Something that asks the server. */
  private interface Asking {
    Object ask() throws SQLException;
  }

  private static long median(Asking asking) throws SQLException {
    long[] times = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      asking.ask();
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }
}
