package dev.lockkeeper.view;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The pods of the Deployment.
 *
 * <pre>
 *   ✔ Ready        coder-7d9f8-x2k4p  v2.26.6  0↻  3h12m  10.42.0.17
 *   ◐ Terminating  coder-7d9f8-p8w2d  v2.26.6  0↻  3h12m  10.42.0.18  for 12 s
 * </pre>
 */
public final class PodsPanel {
  private static final int WIDE = 60;
  private static final int WITH_ADDRESS = 90;

  private PodsPanel() {}

  /** The panel's name and counts: {@code Pods 3/3}. */
  public static Line title(Observed<Cluster> cluster, Instant now) {
    Line name = Line.of("Pods", Style.TITLE);
    return cluster
        .value()
        .map(seen -> Line.of(" " + count(seen), Style.STRONG))
        .map(counts -> Freshness.counts(cluster, now, name, counts))
        .orElse(name);
  }

  /** A line for each pod, oldest first. */
  public static List<Line> lines(Observed<Cluster> cluster, Instant now, int width, int height) {
    return Freshness.body(
        cluster, now, width, height, (seen, moment) -> pods(seen, moment, width, height));
  }

  /** How many are in which state, for a folded panel. */
  public static Line summary(Observed<Cluster> cluster, Instant now) {
    return Freshness.summary(title(cluster, now), cluster, now, PodsPanel::states);
  }

  private static String count(Cluster cluster) {
    String ready = String.valueOf(cluster.readyPods().size());
    return cluster.deployment().map(wanted -> ready + "/" + wanted.replicas()).orElse(ready);
  }

  private static Line states(Cluster cluster) {
    Map<PodState, Integer> counts = new EnumMap<>(PodState.class);
    cluster.pods().forEach(pod -> counts.merge(PodState.of(pod), 1, Integer::sum));
    Line line = counts.isEmpty() ? Line.of(none(cluster), Style.DIM) : Line.EMPTY;
    for (Map.Entry<PodState, Integer> entry : counts.entrySet()) {
      PodState state = entry.getKey();
      line =
          line.and(line.columns() == 0 ? "" : " · ", Style.DIM)
              .and(entry.getValue() + " " + state.word(), state.style());
    }
    return line;
  }

  private static List<Line> pods(Cluster cluster, Instant now, int width, int height) {
    if (cluster.pods().isEmpty()) {
      return List.of(Line.of(none(cluster), Style.DIM));
    }
    return Rows.inSight(
        cluster.pods().size(), height, few -> pods(cluster.pods().subList(0, few), now, width));
  }

  private static List<Line> pods(List<Pod> pods, Instant now, int width) {
    boolean wide = width >= WIDE;
    List<List<Line>> rows = new ArrayList<>();
    for (Pod pod : pods) {
      rows.add(wide ? wideRow(pod, now, width) : narrowRow(pod, now));
    }
    return Rows.table(rows, wide ? 6 : 2, wide ? 2 : 1, width);
  }

  /** Some of them below one another, whatever their length. */
  static List<Line> whole(List<Pod> pods, Instant now) {
    List<List<Line>> rows = pods.stream().map(pod -> wideRow(pod, now, WITH_ADDRESS)).toList();
    return Rows.table(rows, 6, 2, Rows.ANY_WIDTH);
  }

  private static String none(Cluster cluster) {
    return cluster
        .deployment()
        .map(wanted -> wanted.replicas() == 0 ? "no pods: scaled to zero" : "no pods")
        .orElse("no Deployment of this name");
  }

  private static List<Line> narrowRow(Pod pod, Instant now) {
    return List.of(
        PodState.of(pod).line(),
        Line.of(PodNames.brief(pod.name())),
        Line.of(PodNames.version(pod.image())),
        restarts(pod),
        Line.of(Elapsed.text(Duration.between(pod.createdAt(), now)), Style.DIM));
  }

  private static List<Line> wideRow(Pod pod, Instant now, int width) {
    return List.of(
        PodState.of(pod).line(),
        Line.of(pod.name()),
        Line.of(PodNames.version(pod.image())),
        restarts(pod),
        Line.of(Elapsed.text(Duration.between(pod.createdAt(), now)), Style.DIM),
        width < WITH_ADDRESS ? Line.EMPTY : Line.of(pod.ip().orElse("no address"), Style.DIM),
        note(pod, now));
  }

  private static Line restarts(Pod pod) {
    return Line.of(pod.restarts() + "↻", pod.restarts() > 0 ? Style.WARN : Style.DIM);
  }

  /** What the state alone does not say: when it is killed, why it does not run, how it ended. */
  private static Line note(Pod pod, Instant now) {
    if (pod.metadata().deletedAt().isPresent()) {
      Duration left = Duration.between(now, pod.metadata().deletedAt().get());
      return left.isNegative()
          ? Line.of("overdue " + Elapsed.text(left.negated()), Style.BAD)
          : Line.of("ends in " + Elapsed.text(left), Style.WARN);
    }
    if (PodState.of(pod) == PodState.STUCK) {
      return Line.of(pod.waiting(), Style.BAD);
    }
    return pod.last()
        .map(
            end ->
                Line.of(
                    "%s (%d) %s ago"
                        .formatted(
                            end.reason(),
                            end.exitCode(),
                            Elapsed.text(Duration.between(end.finishedAt(), now))),
                    PodState.of(pod) == PodState.READY ? Style.DIM : Style.BAD))
        .orElse(Line.EMPTY);
  }
}
