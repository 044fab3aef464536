package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The events that matter when pods restart: of the Deployment, its ReplicaSets and its Pods. What
 * the documents ask kubectl for are the Deployment's alone, and a failed probe is never among them
 * (C21).
 */
final class PodEvents {
  private static final Set<String> TELLING =
      Set.of("Killing", "ScalingReplicaSet", "Started", "BackOff");
  private static final int MOST = 14;

  private PodEvents() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    if (snapshot.cluster().value().isEmpty()) {
      return List.of("unknown: " + snapshot.cluster().reason());
    }
    Cluster cluster = snapshot.cluster().value().get();
    Instant there = snapshot.now().plus(cluster.skew().orElse(Duration.ZERO));
    List<ClusterEvent> matter =
        cluster.events().stream()
            .filter(event -> event.warning() || TELLING.contains(event.reason()))
            .toList();
    List<String> lines = new ArrayList<>();
    matter.stream().limit(MOST).forEach(event -> lines.add(line(event, there)));
    if (matter.size() > MOST) {
      lines.add("and %d older ones".formatted(matter.size() - MOST));
    }
    if (lines.isEmpty()) {
      lines.add("none in the last hour; Kubernetes forgets older ones");
    }
    return lines;
  }

  private static String line(ClusterEvent event, Instant there) {
    return "%s %s ago%s  %s %s: %s"
        .formatted(
            liveness(event) ? "!" : " ",
            Durations.of(Duration.between(event.lastAt(), there)),
            event.count() > 1 ? " ×" + event.count() : "",
            event.object(),
            event.reason(),
            event.message());
  }

  /** Whether it tells of a failed liveness probe, or of what follows from it. */
  static boolean liveness(ClusterEvent event) {
    return event.message().toLowerCase(Locale.ROOT).contains("liveness probe");
  }
}
