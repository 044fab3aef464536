package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.ServerLoad.Growth;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Compares what the server has written with what it had written some seconds before. */
final class GrowthTrend {
  /** Long enough that a slow statement shows, short enough that a standstill does. */
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private static final Duration LEAST = Duration.ofSeconds(2);

  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(long at, Growth growth) {}

  /** The growth with its trend, once there is an earlier look to compare with. */
  Growth add(Growth growth, long nanoTime) {
    looks.addLast(new Look(nanoTime, growth));
    while (looks.size() > 2 && nanoTime - looks.getFirst().at() > WINDOW.toNanos()) {
      looks.removeFirst();
    }
    Look first = looks.getFirst();
    Duration over = Duration.ofNanos(nanoTime - first.at());
    return over.compareTo(LEAST) < 0 ? growth : growth.since(first.growth(), over);
  }

  /** What was seen before is no measure any more: another connection, perhaps another server. */
  void forget() {
    looks.clear();
  }
}
