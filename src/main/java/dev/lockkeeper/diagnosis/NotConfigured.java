package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.PodEnd;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Pod;
import java.util.List;
import java.util.Optional;

/** A container that cannot be made of what the pod asks for: a Secret or a key is not there. */
final class NotConfigured {
  private NotConfigured() {}

  static List<Finding> find(RuleInput sight) {
    return sight.pods().stream()
        .filter(pod -> !pod.terminating())
        .flatMap(pod -> words(pod).map(words -> finding(sight, pod, words)).stream())
        .limit(1)
        .toList();
  }

  /** What the kubelet says of the first container that it cannot make. */
  private static Optional<String> words(Pod pod) {
    return Stands.in(pod, PodEnd.NO_CONTAINER);
  }

  private static Finding finding(RuleInput sight, Pod pod, String words) {
    return Finding.proven(
        Kind.POD_NOT_CONFIGURED,
        Urgency.ACT,
        "%s cannot be started: %s".formatted(pod.name(), words),
        sight.inCluster(
            List.of("%s for %s".formatted(pod.name(), Durations.of(sight.age(pod))), words)),
        Advice.findOut(
            words.contains("not found") || words.contains("couldn't find key")
                ? "Have what it names created, or correct its name in the values; the kubelet then"
                    + " tries again by itself."
                : "Correct what these words name in the values; a new pod then starts."),
        Stands.ranBefore(pod)
            ? "take it for a stuck migration: its container does not run now."
            : "take it for a stuck migration: its container has never started.");
  }
}
