package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pod that was evicted from its node: by the kubelet, by a drain, or for a more important pod.
 */
final class Evicted {
  private Evicted() {}

  static List<Finding> find(RuleInput sight) {
    return sight.pods().stream()
        .flatMap(pod -> words(pod).map(words -> finding(sight, pod, words)).stream())
        .limit(1)
        .toList();
  }

  /** The pod's own words: it has failed as a whole, or is about to be disrupted. */
  private static Optional<String> words(Pod pod) {
    if (pod.phase().equals("Failed") && !pod.words().reason().isEmpty()) {
      return Optional.of(pod.words().reason() + ": " + pod.words().message());
    }
    return pod.words()
        .condition("DisruptionTarget")
        .filter(each -> each.status().equals("True"))
        .map(each -> each.reason() + ": " + each.message());
  }

  private static Finding finding(RuleInput sight, Pod pod, String words) {
    boolean served = sight.deployment().filter(Evicted::whole).isPresent();
    List<String> seen = new ArrayList<>();
    seen.add("%s on node %s: %s".formatted(pod.name(), pod.node(), pod.phase()));
    seen.add(words);
    return Finding.proven(
        Kind.POD_EVICTED,
        served ? Urgency.KNOW : Urgency.BEWARE,
        "%s %s: %s"
            .formatted(
                pod.name(),
                refused(pod) ? "was refused by its node" : "was evicted from its node",
                words),
        sight.inCluster(seen),
        Advice.findOut(
            served
                ? "Nothing: another pod serves in its place."
                : "Find out what evicts (a drain, too little room on the node, an autoscaler of"
                    + " nodes) and have it paused until the migration is over."),
        "");
  }

  /** The kubelet found no place for what the scheduler had sent: it never ran there. */
  private static boolean refused(Pod pod) {
    String reason = pod.words().reason();
    return reason.startsWith("OutOf")
        || reason.equals("NodeAffinity")
        || reason.equals("UnexpectedAdmissionError");
  }

  private static boolean whole(Deployment deployment) {
    return deployment.replicas() > 0
        && deployment.status().readyReplicas() >= deployment.replicas();
  }
}
