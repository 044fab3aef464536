package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.PodEnd;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Pod;
import java.util.ArrayList;
import java.util.List;

/** A pod whose image does not come. */
final class ImagePull {
  private ImagePull() {}

  static List<Finding> find(RuleInput sight) {
    return sight.pods().stream()
        .filter(pod -> !pod.terminating())
        .flatMap(
            pod ->
                Stands.in(pod, PodEnd.NO_IMAGE).map(words -> finding(sight, pod, words)).stream())
        .limit(1)
        .toList();
  }

  private static Finding finding(RuleInput sight, Pod pod, String words) {
    List<String> evidence = new ArrayList<>();
    evidence.add(pod.name() + ": " + words);
    sight.cluster().map(Cluster::events).stream()
        .flatMap(List::stream)
        .filter(event -> event.object().equals(pod.name()) && event.warning())
        .filter(event -> event.message().contains("pull") || event.message().contains("image"))
        .limit(2)
        .forEach(event -> evidence.add(event.reason() + ": " + event.message()));
    return Finding.proven(
        Kind.IMAGE_PULL_FAILS,
        Urgency.ACT,
        PodEnd.NO_IMAGE.contains(pod.waiting())
            ? "The image %s cannot be pulled".formatted(pod.image())
            : "An image of %s cannot be pulled: %s".formatted(pod.name(), words),
        sight.inCluster(evidence),
        Advice.findOut(
            Stands.ranBefore(pod)
                ? "Check the tag and the pull secret. It ran before with this image; now it does"
                    + " not."
                : "Check the tag and the pull secret. This pod has not started, so it has not"
                    + " migrated.",
            Steps.CHANGE_VERSION),
        "");
  }
}
