package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A pod whose image does not come. */
final class ImagePull {
  private static final Set<String> REASONS =
      Set.of("ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull");

  private ImagePull() {}

  static List<Finding> find(Sight sight) {
    return sight.pods().stream()
        .filter(pod -> REASONS.contains(pod.waiting()))
        .limit(1)
        .map(pod -> finding(sight, pod))
        .toList();
  }

  private static Finding finding(Sight sight, Pod pod) {
    List<String> evidence = new ArrayList<>();
    evidence.add(pod.name() + ": " + pod.waiting());
    sight.cluster().map(Cluster::events).stream()
        .flatMap(List::stream)
        .filter(event -> event.object().equals(pod.name()) && event.warning())
        .filter(event -> event.message().contains("pull") || event.message().contains("image"))
        .limit(2)
        .forEach(event -> evidence.add(event.reason() + ": " + event.message()));
    return Finding.proven(
        Kind.IMAGE_PULL_FAILS,
        Urgency.ACT,
        "The image %s cannot be pulled".formatted(pod.image()),
        sight.inCluster(evidence),
        Advice.findOut(
            "Check the tag and the pull secret. Nothing has started, so nothing has migrated.",
            Steps.CHANGE_VERSION),
        "");
  }
}
