package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Coder Deployment and what belongs to it, as the Kubernetes API shows it.
 *
 * @param identity which cluster and namespace
 * @param workload the Deployment and what it has made
 * @param scalers what may change the replica count besides us, or why that could not be found out
 * @param skew how far the API server's clock is ahead of ours; negative when it is behind, empty
 *     while it is not known
 * @param operator who acts on this Deployment, or why that could not be found out
 * @param helm what is Helm's, or was made by it
 * @param around what decides whether pods are made, find a node and may stay
 */
public record Cluster(
    ClusterIdentity identity,
    Workload workload,
    Observed<List<Scaler>> scalers,
    Optional<Duration> skew,
    Observed<OperatorLease> operator,
    HelmObjects helm,
    Surroundings around) {
  /** Clocks whose difference was measured may still differ by this much. */
  private static final Duration CLOCKS = Duration.ofSeconds(15);

  /**
   * The Deployment and what it has made.
   *
   * @param deployment the Deployment, or empty when the namespace has none of that name
   * @param replicaSets the ReplicaSets that the Deployment owns, newest revision first
   * @param pods the Pods that match the Deployment's own selector, Terminating ones included,
   *     oldest first
   * @param departed the last of the Pods that were deleted while they were watched, each as it was
   *     reported last
   * @param events the events of the Deployment, its ReplicaSets and its Pods, newest first;
   *     Kubernetes forgets them after an hour
   * @param served what each Ready Pod answers over HTTP
   * @param logs the last lines of pods that are not Ready, for a few of them
   */
  public record Workload(
      Optional<Deployment> deployment,
      List<ReplicaSet> replicaSets,
      List<Pod> pods,
      List<Pod> departed,
      List<ClusterEvent> events,
      List<Served> served,
      List<PodLog> logs) {
    public Workload {
      replicaSets = List.copyOf(replicaSets);
      pods =
          pods.stream()
              .sorted(Comparator.comparing(Pod::createdAt).thenComparing(Pod::name))
              .toList();
      departed = List.copyOf(departed);
      events = List.copyOf(events);
      served = List.copyOf(served);
      logs = List.copyOf(logs);
    }
  }

  /**
   * What is Helm's, or was made by it.
   *
   * @param releases the Helm releases of this namespace, or why they could not be read
   * @param services the Services of this namespace, which are read of a Coder v1 alone
   * @param named the object that Helm named when it refused, which is read only then
   */
  public record HelmObjects(
      Observed<List<HelmRelease>> releases,
      Observed<List<ServiceAddress>> services,
      Observed<NamedObject> named) {}

  public Optional<Deployment> deployment() {
    return workload.deployment();
  }

  public List<ReplicaSet> replicaSets() {
    return workload.replicaSets();
  }

  public List<Pod> pods() {
    return workload.pods();
  }

  public List<ClusterEvent> events() {
    return workload.events();
  }

  public Observed<List<HelmRelease>> releases() {
    return helm.releases();
  }

  /** Whether the Deployment, its pods and their events are the same. */
  boolean tellsTheSameAs(Cluster other) {
    return deployment().equals(other.deployment())
        && replicaSets().equals(other.replicaSets())
        && pods().equals(other.pods())
        && events().equals(other.events());
  }

  /**
   * The pod that has an address, of whichever family, whether it still runs or is Terminating. One
   * that is over counts only where no other has it: its address may have been given to another.
   */
  public Map<String, Pod> podsByAddress() {
    Map<String, Pod> pods = new HashMap<>();
    for (Pod pod : pods()) {
      for (String address : pod.addresses()) {
        pods.merge(address, pod, (first, next) -> first.over() && !next.over() ? next : first);
      }
    }
    return pods;
  }

  /**
   * Whether this pod was certainly made after this moment of our clock; its address was somebody
   * else's before.
   */
  public boolean madeAfter(Instant ours, Pod pod) {
    return skew.filter(ahead -> ours.plus(ahead).plus(CLOCKS).isBefore(pod.createdAt()))
        .isPresent();
  }

  /** Whether the node of this pod is Ready; empty when that could not be read. */
  public Optional<Boolean> nodeReady(Pod pod) {
    return around
        .nodes()
        .value()
        .filter(read -> around.nodes().isKnown())
        .flatMap(read -> read.stream().filter(node -> node.name().equals(pod.node())).findFirst())
        .map(Node::ready);
  }

  /** The pods that are Ready and are not being deleted. */
  public List<Pod> readyPods() {
    return pods().stream().filter(pod -> pod.ready() && !pod.terminating()).toList();
  }

  /** What this pod answers over HTTP, if it was asked. */
  public Optional<Served> servedBy(Pod pod) {
    return workload.served().stream().filter(answer -> answer.pod().equals(pod.name())).findFirst();
  }

  /** The last lines of this pod, if they were asked for. */
  public Optional<PodLog> logOf(Pod pod) {
    return workload.logs().stream().filter(log -> log.pod().equals(pod.name())).findFirst();
  }
}
