package dev.lockkeeper.practice.apiserver;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What containers print. As on a node, the current and the previous incarnation of each container
 * are kept, and nothing of a pod that is gone.
 */
public final class Logs {
  private static final int MOST_LINES = 20_000;

  private final Map<String, List<Incarnation>> containers = new HashMap<>();
  private final Clock clock;

  public Logs() {
    this(Clock.systemUTC());
  }

  /** With a clock that tells when lines are printed. */
  public Logs(Clock clock) {
    this.clock = clock;
  }

  /** One printed line. */
  record Line(Instant at, String text) {}

  /** Begins the log of a new incarnation of a container; the one before becomes the previous. */
  public synchronized Incarnation begin(String podUid, String container) {
    List<Incarnation> kept =
        containers.computeIfAbsent(podUid + "/" + container, any -> new ArrayList<>());
    while (kept.size() > 1) {
      kept.remove(0);
    }
    Incarnation next = new Incarnation();
    kept.add(next);
    return next;
  }

  /** Forgets a pod. */
  public synchronized void forget(String podUid) {
    containers
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = entry.getKey().startsWith(podUid + "/");
              if (gone) {
                entry.getValue().forEach(Incarnation::end);
              }
              return gone;
            });
  }

  /** The log of a container's current or previous incarnation, if it had one. */
  synchronized Optional<Incarnation> find(String podUid, String container, boolean previous) {
    List<Incarnation> kept = containers.getOrDefault(podUid + "/" + container, List.of());
    int index = kept.size() - (previous ? 2 : 1);
    return index < 0 ? Optional.empty() : Optional.of(kept.get(index));
  }

  /** The log of one run of a container. */
  public final class Incarnation {
    private final List<Line> lines = new ArrayList<>();
    private int dropped;
    private boolean ended;

    private Incarnation() {}

    /** Takes a line, without its newline. */
    public synchronized void add(String text) {
      lines.add(new Line(clock.instant(), text));
      if (lines.size() > MOST_LINES) {
        lines.remove(0);
        dropped++;
      }
      notifyAll();
    }

    /** No more lines will come. */
    public synchronized void end() {
      ended = true;
      notifyAll();
    }

    /** How many lines there have been. */
    synchronized int size() {
      return dropped + lines.size();
    }

    /** The lines from a place on. */
    synchronized List<Line> from(int place) {
      int index = Math.max(0, place - dropped);
      return List.copyOf(lines.subList(Math.min(index, lines.size()), lines.size()));
    }

    /** Waits for lines from a place on; none when the log has ended. */
    synchronized List<Line> await(int place) throws InterruptedException {
      while (size() <= place && !ended) {
        wait();
      }
      return from(place);
    }
  }
}
