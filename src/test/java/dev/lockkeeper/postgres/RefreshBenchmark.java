package dev.lockkeeper.postgres;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.UpgradeWorld;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Prints what a refresh costs the server beside a look that asks {@code pg_blocking_pids} for
 * everybody, while sessions queue behind a migrator; and what it costs here to conclude from it.
 * {@code scripts/cost} runs it; no build does, because of its name.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS) // as long as it is asked to
class RefreshBenchmark {
  private static final String USUAL_LOADS = "100/30 1000/300 3000/600 5000/1000";
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final int ROUNDS = 31;

  /** After so many the JVM has compiled what it compiles. */
  private static final int WARM_ROUNDS = 201;

  private static final int NAIVE_ROUNDS = 5;
  private static final int ROOM = 20;
  private static final String NAIVE =
      "SELECT count(*) FROM (SELECT a.pid, pg_blocking_pids(a.pid) FROM pg_stat_activity AS a OFFSET 0) AS all_pairs";

  /** Each load is written as {@code 1000/300}: so many sessions, of which so many wait. */
  @Test
  void whatALookCosts() throws Exception {
    System.out.println(
        "| sessions | waiting | for | server, ms | answered in, ms | naive: server, ms | naive / ours | forest, ms | findings, ms |");
    System.out.println("|---:|---:|---|---:|---:|---:|---:|---:|---:|");
    for (String load : System.getProperty("loads", USUAL_LOADS).split(" ")) {
      String[] numbers = load.split("/");
      for (Queue queue : Queue.values()) {
        measure(queue, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
      }
    }
  }

  /** What the sessions wait for. */
  private enum Queue {
    TABLE("SELECT count(*) FROM workspaces", "a table that the migrator waits for"),
    MIGRATION_LOCK("SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")", "the migration lock");

    private final String sql;
    private final String name;

    Queue(String sql, String name) {
      this.sql = sql;
      this.name = name;
    }
  }

  private static void measure(Queue queue, int sessions, int waiters) throws Exception {
    try (StoppableServer server = StoppableServer.startFor(sessions + ROOM);
        Scene scene = Scene.coder(server.access());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      Connection admin = scene.session("postgres");
      scene.oldReplica();
      scene.later(scene.migrator(), "ALTER TABLE workspaces ADD COLUMN x int");
      TimeUnit.MILLISECONDS.sleep(300);
      for (int i = 0; i < sessions; i++) {
        Connection session = scene.session();
        if (i < waiters) {
          scene.later(session, queue.sql);
        }
      }
      TimeUnit.SECONDS.sleep(3);
      SlowFacts slow = new SlowFacts(scene.address("coder"), Pace.normal());
      DatabaseReader reader = new DatabaseReader(connection, slow);
      Database last = reader.read();
      if (last.waits().size() < waiters) {
        throw new IllegalStateException("only " + last.waits().size() + " wait");
      }
      Snapshot snapshot = snapshot(last);
      print(
          queue,
          sessions,
          waiters,
          Cost.of(connection.server().number("pid"), ROUNDS, reader::read),
          Cost.of(Scene.pid(admin), NAIVE_ROUNDS, () -> Scene.ask(admin, NAIVE)),
          Cost.of(0, WARM_ROUNDS, () -> LockForest.of(last)),
          Cost.of(0, WARM_ROUNDS, () -> Diagnosis.of(snapshot, KNOWLEDGE)));
    }
  }

  /** With pods, none of which is at the address of these sessions: the longest way to conclude. */
  private static Snapshot snapshot(Database database) {
    Instant now = Instant.now();
    return Snapshot.empty(now, RunFacts.starting(now, Optional.of(UpgradeWorld.NEW)))
        .withCluster(Observed.known(UpgradeWorld.migrating(now).cluster(), now))
        .withDatabase(Observed.known(database, now));
  }

  private static void print(
      Queue queue,
      int sessions,
      int waiters,
      Cost refresh,
      Cost naive,
      Cost forest,
      Cost findings) {
    System.out.printf(
        "| %,d | %,d | %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
        sessions,
        waiters,
        queue.name,
        refresh.server / 1e6,
        refresh.clock / 1e6,
        naive.server / 1e6,
        (double) naive.server / refresh.server,
        forest.server / 1e6,
        findings.server / 1e6);
  }

  /** Something that is done again and again. */
  private interface Work {
    Object run() throws SQLException;
  }

  /**
   * Medians in nanoseconds.
   *
   * @param server processor time of the server's process, or of this thread
   * @param clock until it was done
   */
  private record Cost(long server, long clock) {
    static Cost of(int pid, int rounds, Work work) throws SQLException, IOException {
      long[] server = new long[rounds];
      long[] clock = new long[rounds];
      work.run();
      for (int i = 0; i < rounds; i++) {
        long used = processor(pid);
        long start = System.nanoTime();
        work.run();
        clock[i] = System.nanoTime() - start;
        server[i] = processor(pid) - used;
      }
      return new Cost(median(server), median(clock));
    }

    private static long median(long[] values) {
      Arrays.sort(values);
      return values[values.length / 2];
    }

    /**
     * How long this process, 0 for this thread, has run on a processor; Linux counts it to the
     * nanosecond.
     */
    private static long processor(int pid) throws IOException {
      if (pid == 0) {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      }
      return Long.parseLong(Files.readString(Path.of("/proc/" + pid + "/schedstat")).split(" ")[0]);
    }
  }
}
