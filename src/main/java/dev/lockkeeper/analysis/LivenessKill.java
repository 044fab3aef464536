package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What says that the kubelet ended the coderd container because its liveness probe failed. A signal
 * alone does not: memory, an eviction, a person and a stop end a container in the same way; nor
 * does a failed probe, of which it takes several.
 */
public final class LivenessKill {
  private static final int SIGKILL = 137;
  private static final int SIGTERM = 143;

  /** Events and the end of a container are stamped by different writers, to the second. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  private LivenessKill() {}

  /** Whether its container ended by a signal the last time, and not for its memory. */
  static boolean bySignal(Pod pod) {
    return pod.last()
        .filter(end -> end.exitCode() == SIGKILL || end.exitCode() == SIGTERM)
        .filter(end -> !end.reason().equals("OOMKilled"))
        .isPresent();
  }

  /** The kubelet's own word that it did, about this end or a later one; empty without. */
  public static Optional<ClusterEvent> of(Pod pod, Cluster cluster) {
    Optional<Deployment> deployment = cluster.deployment();
    String words =
        "Container %s failed %s probe"
            .formatted(
                deployment.map(seen -> seen.container().name()).orElse("coder"), name(deployment));
    int grace = deployment.map(seen -> seen.template().terminationGrace()).orElse(0);
    return bySignal(pod)
        ? about(pod, cluster, "Killing", words, Duration.ofSeconds(grace).plus(SLACK))
        : Optional.empty();
  }

  /** That its probe failed about then, which is less than that it was killed for it. */
  public static Optional<ClusterEvent> failed(Pod pod, Cluster cluster) {
    String name = name(cluster.deployment());
    String words = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return bySignal(pod)
        ? about(pod, cluster, "Unhealthy", words + " probe failed", Duration.ofMinutes(2))
        : Optional.empty();
  }

  /** Which of its probes would end a container that starts. */
  private static String name(Optional<Deployment> deployment) {
    return deployment.flatMap(KillingProbe::of).map(KillingProbe::name).orElse("liveness");
  }

  private static Optional<ClusterEvent> about(
      Pod pod, Cluster cluster, String reason, String words, Duration before) {
    Instant since = pod.last().orElseThrow().finishedAt().minus(before);
    return cluster.events().stream()
        .filter(event -> event.object().equals(pod.name()) && event.reason().equals(reason))
        .filter(event -> event.message().startsWith(words) && !event.lastAt().isBefore(since))
        .findFirst();
  }
}
