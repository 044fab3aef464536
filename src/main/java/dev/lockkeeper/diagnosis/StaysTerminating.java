package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Node;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pod that should be gone by now and is still there. */
final class StaysTerminating {
  /** Past the moment of the SIGKILL; the kubelet needs a little to tell of it. */
  private static final Duration LATE = Duration.ofSeconds(45);

  private StaysTerminating() {}

  static List<Finding> find(RuleInput sight) {
    return sight.pods().stream()
        .filter(
            pod ->
                pod.metadata()
                    .deletedAt()
                    .filter(at -> sight.since(at).compareTo(LATE) > 0)
                    .isPresent())
        .limit(1)
        .map(pod -> finding(sight, pod))
        .toList();
  }

  private static Finding finding(RuleInput sight, Pod pod) {
    List<String> seen = new ArrayList<>();
    seen.add(
        "%s: Terminating, %s past its deletion time, on node %s"
            .formatted(
                pod.name(),
                Durations.of(sight.since(pod.metadata().deletedAt().orElseThrow())),
                pod.node().isEmpty() ? "none" : pod.node()));
    Optional<String> node = node(sight, pod);
    node.ifPresent(seen::add);
    if (!pod.words().finalizers().isEmpty()) {
      seen.add("finalizers: " + String.join(", ", pod.words().finalizers()));
    }
    return Finding.proven(
        Kind.POD_STAYS,
        Urgency.BEWARE,
        "%s does not go: %s".formatted(pod.name(), why(pod, node)),
        sight.inCluster(seen),
        Advice.findOut(
            pod.words().finalizers().isEmpty()
                ? "Ask who runs the cluster whether the node is off for certain. Only then is its"
                    + " process dead too."
                : "Ask who set the finalizers: the object stays until they are taken away."),
        "delete it by force: that removes the object alone, and a process on a lost node goes on"
            + " and may still migrate.");
  }

  private static String why(Pod pod, Optional<String> node) {
    if (!pod.words().finalizers().isEmpty()) {
      return "finalizers hold it";
    }
    return node.orElse("its kubelet does not say that it has ended");
  }

  /** What the list of nodes tells, where it could be read. */
  private static Optional<String> node(RuleInput sight, Pod pod) {
    Optional<Observed<List<Node>>> nodes =
        sight.cluster().map(Cluster::around).map(it -> it.nodes());
    return nodes
        .filter(Observed::isKnown)
        .flatMap(Observed::value)
        .map(all -> all.stream().filter(each -> each.name().equals(pod.node())).findFirst())
        .flatMap(
            found ->
                found.isEmpty()
                    ? Optional.of("node %s is not among the nodes".formatted(pod.node()))
                    : found
                        .filter(each -> !each.ready())
                        .map(each -> "node %s is not Ready".formatted(each.name())));
  }
}
