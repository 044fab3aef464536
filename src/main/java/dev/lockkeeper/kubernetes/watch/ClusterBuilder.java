package dev.lockkeeper.kubernetes.watch;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Times;
import dev.lockkeeper.kubernetes.facts.GitOps;
import dev.lockkeeper.kubernetes.facts.PodFacts;
import dev.lockkeeper.kubernetes.facts.Scalers;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Cluster.HelmObjects;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.Served;
import dev.lockkeeper.snapshot.Surroundings;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes one {@link Cluster} of the objects that were read. */
record ClusterBuilder(
    DrawnFacts drawn,
    ClusterIdentity identity,
    Optional<io.fabric8.kubernetes.api.model.apps.Deployment> found,
    Optional<OwnedObjects> belongings,
    Observed<List<Scaler>> autoscalers,
    Observed<List<GitOps.Read>> gitOps) {

  Cluster cluster(
      List<Served> served,
      List<PodLog> logs,
      Optional<Duration> skew,
      Observed<OperatorLease> operator,
      HelmObjects helm,
      Surroundings around) {
    Optional<Deployment> deployment = found.map(drawn::deployment);
    List<ReplicaSet> sets = deployment.map(this::replicaSets).orElse(List.of());
    List<Pod> pods = pods();
    return new Cluster(
        identity,
        new Cluster.Workload(
            deployment,
            sets,
            drawn.pods(pods),
            drawn.departed(departed()),
            deployment.map(one -> events(one, sets, pods)).orElse(List.of()),
            served,
            logs),
        deployment.map(this::scalers).orElse(autoscalers),
        skew,
        operator,
        helm,
        around);
  }

  /** Those whose log may say why they are not Ready, newest first. */
  List<Pod> unready() {
    return pods().stream()
        .filter(pod -> !PodFacts.ready(pod))
        .sorted(
            Comparator.comparing(
                    (Pod pod) -> Times.instant(pod.getMetadata().getCreationTimestamp()))
                .reversed())
        .toList();
  }

  /** Those that can be asked over HTTP. */
  List<Pod> readyPods() {
    return pods().stream()
        .filter(pod -> PodFacts.ready(pod) && pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  private List<Pod> pods() {
    return belongings.flatMap(all -> all.pods().items()).orElse(List.of());
  }

  /** Those that were deleted while they were watched, as they were reported last. */
  private List<Pod> departed() {
    return belongings.map(all -> all.pods().departed()).orElse(List.of());
  }

  private List<ReplicaSet> replicaSets(Deployment deployment) {
    return belongings
        .flatMap(all -> all.replicaSets().items())
        .map(all -> drawn.owned(deployment.uid(), all))
        .orElse(List.of());
  }

  private List<ClusterEvent> events(Deployment deployment, List<ReplicaSet> sets, List<Pod> pods) {
    Set<String> setNames = sets.stream().map(ReplicaSet::name).collect(Collectors.toSet());
    Set<String> podNames =
        pods.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
    return belongings
        .flatMap(all -> all.events().items())
        .map(all -> drawn.events(all, deployment.name(), setNames, podNames))
        .orElse(List.of());
  }

  private Observed<List<Scaler>> scalers(Deployment deployment) {
    return Scalers.together(
        autoscalers,
        Observed.known(
            Scalers.written(
                deployment,
                GitOps.named(identity.namespace(), deployment),
                gitOps,
                identity.pinned()),
            SteadyClock.now()));
  }
}
