package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.LockQueue;
import dev.lockkeeper.snapshot.LockQueues;
import dev.lockkeeper.snapshot.LockRequest;
import dev.lockkeeper.snapshot.Wait;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is worked out from {@code pg_locks} is what the server itself says with {@code
 * pg_blocking_pids}, of every waiter, on every version, whatever they lock.
 *
 * <p>Left out, because {@code pg_locks} does not show them: queues that the deadlock detector has
 * reordered, queues that somebody left by giving up, and who came first of two that arrived within
 * the same microseconds. {@code -Dlockkeeper.test.seed} repeats a run, {@code
 * -Dlockkeeper.test.crowds} makes it longer.
 */
class QueueTruthTest {
  private static final int CROWDS = Integer.getInteger("lockkeeper.test.crowds", 4);
  private static final int MANY = 20;
  private static final int STEPS = 26;

  @ParameterizedTest(name = "PostgreSQL {0}")
  @ValueSource(ints = {13, 14, 18})
  void isWhatTheServerSays(int version) throws Exception {
    compare(version, CROWDS);
  }

  @Tag("long")
  @ParameterizedTest(name = "PostgreSQL {0}")
  @ValueSource(ints = {13, 14, 15, 16, 17, 18})
  void isSoInManyMoreCrowds(int version) throws Exception {
    compare(version, MANY);
  }

  private static void compare(int version, int crowds) throws Exception {
    assumeTrue(ServerBinaries.has(version), "this build has no PostgreSQL " + version);
    long seed = Long.getLong("lockkeeper.test.seed", System.nanoTime());
    int compared = 0;
    Random random = new Random(seed);
    try (StoppableServer server = StoppableServer.start(version)) {
      for (int i = 0; i < crowds; i++) {
        try (Crowd crowd = Crowd.gather(server.access(), random);
            DatabaseConnection connection = DatabaseConnection.open(crowd.address())) {
          for (int step = 0; step < STEPS && crowd.step(); step++) {
            compared += compare(crowd, connection, "seed " + seed + "\n" + crowd.story());
          }
        }
      }
    }
    System.out.printf(
        "PostgreSQL %d: seed %d, %d waiters in %d crowds compared%n",
        version, seed, compared, crowds);
    assertThat(compared).isGreaterThan(crowds);
  }

  /** How many waiters were compared. */
  private static int compare(Crowd crowd, DatabaseConnection connection, String story)
      throws SQLException {
    boolean timely = connection.version() >= 140000;
    LockTable table = table(connection);
    LockQueues queues = table.queues(timely);
    List<Wait> waits = queues.waits();
    assertThat(waits)
        .as(story)
        .extracting(Wait::pid)
        .containsExactlyElementsOf(new TreeSet<>(crowd.waiting()));
    for (Wait wait : waits) {
      SortedSet<Integer> told = told(crowd, wait.pid());
      if (timely) {
        assertThat(queues.blockers(wait.pid())).as("%s\n%d", story, wait.pid()).isEqualTo(told);
      }
      if (wait.certain()) {
        assertThat(told)
            .as("%s\n%s", story, wait)
            .containsAll(wait.blockers())
            .hasSize(wait.blockers().size() + wait.ahead());
      } else {
        assertThat(told).as("%s\n%s", story, wait).containsAll(holders(queues, wait.pid()));
      }
    }
    return waits.size();
  }

  private static LockTable table(DatabaseConnection connection) throws SQLException {
    String sessions =
        Question.SESSIONS
            .sql()
            .replace(":pids", "NULL")
            .replace(":most", "100")
            .replace(":direct", "true");
    String locks = Question.LOCKS.sql().replace(":old_keys", "'0'::oid");
    List<List<Row>> answers = connection.ask(ReadSettings.catalog(), sessions, locks);
    List<Backend> backends = BackendRows.of(answers.get(0));
    return LockTable.of(answers.get(1), backends, List.of(), Optional.empty());
  }

  /** Those who hold what this one waits for: they are known whatever the order of the queue. */
  private static SortedSet<Integer> holders(LockQueues queues, int pid) {
    SortedSet<Integer> holders = new TreeSet<>();
    for (LockQueue queue : queues.queues()) {
      for (LockRequest wanted : queue.line()) {
        if (wanted.session() == pid) {
          wanted
              .mode()
              .excluded()
              .forEach(mode -> holders.addAll(queue.holders().getOrDefault(mode, Set.of())));
        }
      }
    }
    holders.remove(pid);
    return holders;
  }

  private static SortedSet<Integer> told(Crowd crowd, int pid) throws SQLException {
    String list =
        Scene.ask(
            crowd.observer(), "SELECT array_to_string(pg_blocking_pids(%d), ',')".formatted(pid));
    return Arrays.stream(list.split(","))
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
