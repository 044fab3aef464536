package dev.lockkeeper.view;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Update;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Prints how long a key takes until its frame is there, with 5,000 pods and 10,000 events, and with
 * 5,000 sessions. {@code scripts/bench} runs it; no build does, because of its name.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class BigWorldBenchmark {
  private static final int ROUNDS = 500;

  /** Steps, panels, what they scroll and choose, and back. */
  private static final String KEYS = "nnbpjjj ppejj eljjl mmffnb?q";

  @Test
  void howLongAKeyTakes() {
    System.out.println("| world | columns | median, ms | p99, ms |");
    System.out.println("|---|---:|---:|---:|");
    for (int columns : List.of(80, 120, 200)) {
      print("three pods", columns, UpgradeWorld::running);
      print("5,000 pods, 10,000 events", columns, now -> big(now, 5_000, 10_000, 0));
      print("5,000 sessions", columns, now -> big(now, 0, 0, 5_000));
    }
  }

  private static void print(String world, int columns, Function<Instant, UpgradeWorld> seen) {
    State state = Chapters.resumed().sees(seen).state();
    double[] millis = new double[ROUNDS];
    for (int round = -ROUNDS; round < ROUNDS; round++) {
      char typed = KEYS.charAt(Math.floorMod(round, KEYS.length()));
      Key key = typed == 'q' ? Key.of(Key.Name.ESCAPE) : Key.of(typed);
      long begun = System.nanoTime();
      state = Update.apply(state, new Event.Pressed(key, state.now())).state();
      Screens.render(state, columns, columns / 3);
      if (round >= 0) {
        millis[round] = (System.nanoTime() - begun) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        "| %s | %d | %.2f | %.2f |%n",
        world, columns, millis[ROUNDS / 2], millis[ROUNDS * 99 / 100]);
  }

  private static UpgradeWorld big(Instant now, int morePods, int moreEvents, int moreSessions) {
    UpgradeWorld small = UpgradeWorld.contended(now);
    Pod pod = small.cluster().workload().pods().get(0);
    ClusterEvent event = small.cluster().workload().events().get(0);
    Backend session = small.database().backends().get(0);
    List<Pod> pods = new ArrayList<>(small.cluster().workload().pods());
    IntStream.range(0, morePods).mapToObj(i -> named(pod, pod.name() + i)).forEach(pods::add);
    List<ClusterEvent> events =
        IntStream.range(0, moreEvents)
            .mapToObj(
                i ->
                    new ClusterEvent(
                        event.uid() + i,
                        event.type(),
                        event.reason(),
                        event.kind(),
                        event.object(),
                        event.message() + i,
                        event.count(),
                        event.lastAt()))
            .toList();
    List<Backend> sessions = new ArrayList<>(small.database().backends());
    IntStream.range(0, moreSessions)
        .mapToObj(i -> new Backend.SessionId(100_000 + i, "x"))
        .map(
            id ->
                new Backend(
                    id, session.client(), session.leader(), session.activity(), session.hidden()))
        .forEach(sessions::add);
    return new UpgradeWorld(
        Altered.of(Altered.of(small.cluster(), "pods", pods), "events", events),
        Altered.of(small.database(), "backends", sessions));
  }

  private static Pod named(Pod pod, String name) {
    Pod.Metadata metadata =
        new Pod.Metadata(
            name,
            "uid-" + name,
            pod.metadata().replicaSet(),
            pod.metadata().createdAt(),
            pod.metadata().deletedAt());
    return new Pod(
        metadata, pod.phase(), pod.ip(), pod.node(), pod.container(), pod.words(), pod.place());
  }
}
