package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Wanted pods that do not serve.
 *
 * @param cluster the cluster, read just now
 * @param deployment its Deployment, which wants more pods than are Ready
 * @param there the moment by the cluster's clock
 */
public record Shortage(Cluster cluster, Deployment deployment, Instant there) {
  /** What starts takes about this long until something is to be seen. */
  static final Duration USUAL = Duration.ofSeconds(60);

  /** A large image over a thin line. */
  private static final Duration PULL = Duration.ofMinutes(5);

  /** The controller makes pods at once. */
  private static final Duration MAKING = Duration.ofSeconds(30);

  /** The shortage that there is, if there is one and the cluster was read just now. */
  public static Optional<Shortage> of(Snapshot snapshot) {
    return snapshot
        .freshCluster()
        .flatMap(
            cluster ->
                cluster
                    .deployment()
                    .filter(it -> it.replicas() > cluster.readyPods().size())
                    .map(
                        it ->
                            new Shortage(
                                cluster,
                                it,
                                snapshot.now().plus(cluster.skew().orElse(Duration.ZERO)))));
  }

  /** The pods that should serve and do not, oldest first. */
  public List<Pod> pods() {
    return cluster.pods().stream()
        .filter(pod -> !pod.ready() && !pod.terminating())
        .filter(pod -> !pod.phase().equals("Failed") && !pod.phase().equals("Succeeded"))
        .toList();
  }

  /** For how long this pod has been in its present state, about. */
  public Duration standing(Pod pod) {
    return Duration.between(pod.startedAt().orElse(pod.createdAt()), there);
  }

  /** Whether this pod takes longer than one that only starts; that it migrates is not asked. */
  public boolean overdue(Pod pod) {
    return standing(pod).compareTo(pulls(pod) ? PULL : USUAL) > 0;
  }

  private boolean pulls(Pod pod) {
    return cluster.events().stream()
        .filter(event -> event.object().equals(pod.name()))
        .findFirst()
        .filter(event -> event.reason().equals("Pulling"))
        .isPresent();
  }

  /** How many pods there should be besides those that are there. */
  public long missing() {
    return deployment.replicas() - pods().size() - cluster.readyPods().size();
  }

  /** Whether the Deployment was left alone for longer than it takes to make a pod. */
  public boolean settled() {
    Instant last =
        Stream.concat(
                deployment.metadata().managers().stream().map(Deployment.FieldManager::at),
                cluster.events().stream()
                    .filter(event -> event.reason().equals("ScalingReplicaSet"))
                    .map(ClusterEvent::lastAt))
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    return Duration.between(last, there).compareTo(MAKING) > 0;
  }

  /** The pod's own state, in the words of kubectl. */
  public static String state(Pod pod) {
    if (!pod.waiting().isEmpty()) {
      return pod.waiting();
    }
    return pod.startedAt().isPresent() ? "runs, not Ready" : pod.phase();
  }

  /** What there is instead of nothing: {@code 0 of 1 pods are Ready: coder-x runs for 12 s}. */
  public String sentence() {
    String ready =
        "%d of %s Ready"
            .formatted(
                cluster.readyPods().size(), Durations.count(deployment.replicas(), "wanted pod"));
    return pods().stream()
        .findFirst()
        .map(
            pod ->
                "%s: %s %s for %s"
                    .formatted(ready, pod.name(), state(pod), Durations.of(standing(pod))))
        .orElse(ready);
  }
}
