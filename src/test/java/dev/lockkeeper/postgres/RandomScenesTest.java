package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.analysis.Cure;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Wait;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenes that chance makes, of everything that waits for a lock: what the forest says of each
 * waiter is what the server says, and whoever is said to be freed by the end of a root is freed by
 * it, and nobody else.
 *
 * <p>{@code -Dlockkeeper.test.scenes} plays more of them, {@code -Dlockkeeper.test.seed} the same
 * ones again.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS) // as long as it is asked to
class RandomScenesTest {
  private static final int USUAL = 5;
  private static final int SCENES = Integer.getInteger("lockkeeper.test.scenes", USUAL);
  private static final int STEPS = 24;

  /** What was compared. */
  private int waiters;

  private int doubtful;
  private int roots;
  private int freed;
  private int migrators;

  @ParameterizedTest(name = "PostgreSQL {0}")
  @ValueSource(ints = {13, 18})
  void whatIsSaidIsWhatHappens(int version) throws Exception {
    assumeTrue(ServerBinaries.has(version), "this build has no PostgreSQL " + version);
    long seed = Long.getLong("lockkeeper.test.seed", System.nanoTime());
    try (StoppableServer server = StoppableServer.start(version)) {
      for (int i = 0; i < SCENES; i++) {
        try (Crowd crowd = Crowd.wild(server.access(), new Random(seed + i))) {
          play(crowd, new Random(seed + i), "PostgreSQL %d, seed %d".formatted(version, seed + i));
        }
      }
    }
    System.out.printf(
        "PostgreSQL %d: seed %d, %d scenes, %d waiters (%d in doubt), %d migrators; %d roots ended,"
            + " %d freed%n",
        version, seed, SCENES, waiters, doubtful, migrators, roots, freed);
    // One scene that is played again may have nobody to end.
    assertThat(waiters).isPositive();
    assertThat(SCENES < USUAL || roots > 0).isTrue();
  }

  private void play(Crowd crowd, Random random, String seed) throws Exception {
    int steps = 0;
    while (steps < STEPS && crowd.step()) {
      steps++;
    }
    for (int round = 0; round < 3; round++) {
      settle(crowd);
      Database seen = Scene.readAt(crowd.address());
      String story = seed + "\n" + crowd.story();
      compare(crowd, seen, story);
      List<Integer> ends = ends(seen);
      if (ends.isEmpty()) {
        return;
      }
      endOne(crowd, seen, ends.get(random.nextInt(ends.size())), story);
    }
  }

  /** Until nobody moves: the same wait for the same, twice. */
  private static Map<Integer, Set<String>> settle(Crowd crowd) throws Exception {
    Map<Integer, Set<String>> before = wanted(crowd.observer());
    for (int quiet = 0; quiet < 3; ) {
      TimeUnit.MILLISECONDS.sleep(15);
      Map<Integer, Set<String>> now = wanted(crowd.observer());
      quiet = now.equals(before) ? quiet + 1 : 0;
      before = now;
    }
    return before;
  }

  /** Who waits for which lock; what workers wait for is their leader's. */
  private static Map<Integer, Set<String>> wanted(Connection observer) throws SQLException {
    String lines =
        Scene.ask(
            observer,
            "SELECT string_agg(format('%s=%s', coalesce(s.leader_pid, s.pid), concat_ws('/',"
                + " l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid,"
                + " l.transactionid, l.classid, l.objid, l.objsubid, l.mode)), ' ') FROM pg_locks"
                + " AS l JOIN pg_stat_activity AS s ON s.pid = l.pid WHERE NOT l.granted AND"
                + " s.datname = current_database()");
    Map<Integer, Set<String>> wanted = new TreeMap<>();
    for (String line : lines == null ? new String[0] : lines.split(" ")) {
      String[] parts = line.split("=", 2);
      if (parts.length == 2) {
        wanted.computeIfAbsent(Integer.valueOf(parts[0]), pid -> new TreeSet<>()).add(parts[1]);
      }
    }
    return wanted;
  }

  private void compare(Crowd crowd, Database seen, String story) throws SQLException {
    List<Wait> waits = LockForest.of(seen).waits();
    for (Wait wait : waits) {
      Set<Integer> told = told(crowd, wait.pid());
      waiters++;
      if (wait.certain()) {
        assertThat(told)
            .as("%s\n%s", story, wait)
            .containsAll(asTheServerSays(wait.blockers()))
            .hasSize(Math.toIntExact(distinct(wait.blockers()) + wait.ahead()));
      } else {
        doubtful++;
        assertThat(told).as("%s\n%s", story, wait).containsAll(asTheServerSays(wait.sure()));
      }
    }
    assertThat(waits)
        .as(story)
        .extracting(Wait::pid)
        .containsExactlyElementsOf(wanted(crowd.observer()).keySet());
    migrator(crowd, seen, story);
  }

  /** Several prepared transactions are one and the same to the server. */
  private static long distinct(List<Integer> blockers) {
    return asTheServerSays(blockers).size();
  }

  private static Set<Integer> asTheServerSays(List<Integer> blockers) {
    return blockers.stream()
        .map(pid -> LockForest.isPrepared(pid) ? 0 : pid)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** At the ends of all that the server names, upwards from the migrator, stand the same. */
  private void migrator(Crowd crowd, Database seen, String story) throws SQLException {
    if (seen.migrator().filter(pid -> pid > 0).isEmpty()) {
      return;
    }
    Set<Integer> ends = new TreeSet<>();
    Set<Integer> walked = new TreeSet<>(Set.of(seen.migrator().get()));
    Deque<Integer> next = new ArrayDeque<>(walked);
    while (!next.isEmpty()) {
      for (int blocker : told(crowd, next.remove())) {
        if (blocker == LockForest.PREPARED || told(crowd, blocker).isEmpty()) {
          ends.add(blocker);
        } else if (walked.add(blocker)) {
          next.add(blocker);
        }
      }
    }
    Blockers blockers = Blockers.of(seen);
    Set<Integer> surely = asTheServerSays(List.copyOf(blockers.surely()));
    migrators += ends.isEmpty() ? 0 : 1;
    String what = "%s\nmigrator %d, %s".formatted(story, seen.migrator().get(), blockers);
    boolean circle = blockers.roots().stream().anyMatch(walked::contains);
    if (LockForest.of(seen).waits().stream().allMatch(Wait::certain) && !circle) {
      assertThat(asTheServerSays(blockers.roots())).as(what).isEqualTo(ends);
      assertThat(surely).as(what).containsAll(ends);
    }
  }

  private static Set<Integer> told(Crowd crowd, int pid) throws SQLException {
    String list =
        Scene.ask(
            crowd.observer(), "SELECT array_to_string(pg_blocking_pids(%d), ',')".formatted(pid));
    return Arrays.stream(list.split(","))
        .filter(text -> !text.isEmpty())
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those at the end of a queue, who themselves wait for nobody. */
  private static List<Integer> ends(Database seen) {
    LockForest forest = LockForest.of(seen);
    Set<Integer> waiting = forest.waits().stream().map(Wait::pid).collect(Collectors.toSet());
    return forest.roots().stream()
        .map(LockForest.Tree::pid)
        .filter(pid -> !waiting.contains(pid) && pid != LockForest.PREPARED)
        .toList();
  }

  private void endOne(Crowd crowd, Database seen, int root, String story) throws Exception {
    Map<Integer, Set<String>> before = wanted(crowd.observer());
    Set<Integer> predicted = new TreeSet<>(LockForest.of(seen).freedBy(root));
    Set<Integer> later = Cure.unblockedBy(seen, root);
    if (LockForest.isPrepared(root)) {
      crowd.rollBack(seen.prepared(root).orElseThrow().gid());
    } else {
      crowd.end(root);
    }
    Map<Integer, Set<String>> after = settle(crowd);
    Set<Integer> moved =
        before.keySet().stream()
            .filter(pid -> !before.get(pid).equals(after.get(pid)))
            .collect(Collectors.toCollection(TreeSet::new));
    roots++;
    freed += moved.size();
    String what = "%s\nended %d, predicted %s, later %s".formatted(story, root, predicted, later);
    boolean certain = LockForest.of(seen).waits().stream().allMatch(Wait::certain);
    if (certain) {
      assertThat(moved).as(what).containsAll(predicted);
      assertThat(later).as(what).containsAll(moved);
      if (holdOn(crowd, moved) && before.values().stream().noneMatch(RandomScenesTest::ofARow)) {
        assertThat(moved).as(what).isEqualTo(predicted);
      }
    }
  }

  /** Whether all of these keep what they got: they are in a transaction. */
  private static boolean holdOn(Crowd crowd, Set<Integer> pids) throws SQLException {
    for (Integer pid : pids) {
      if (crowd.autocommits(pid)) {
        return false;
      }
    }
    return true;
  }

  /** Those who queue for a row go on one place when the first of them gets it. */
  private static boolean ofARow(Set<String> locks) {
    return locks.stream().anyMatch(lock -> lock.startsWith("tuple/"));
  }
}
