package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Deployment;
import java.util.List;

/** An image whose tag does not say which version it is. */
final class UnpinnedImage {
  private UnpinnedImage() {}

  static List<Finding> find(RuleInput sight) {
    return sight
        .deployment()
        .map(Deployment::image)
        .filter(image -> !image.isBlank())
        .filter(image -> CoderVersion.ofImage(image).isEmpty())
        .map(image -> finding(sight, image))
        .stream()
        .toList();
  }

  private static Finding finding(RuleInput sight, String image) {
    boolean digest = image.contains("@sha256:");
    return Finding.proven(
        Kind.UNPINNED_IMAGE,
        digest ? Urgency.KNOW : Urgency.BEWARE,
        digest
            ? "The image is named by its digest: its version cannot be read from it"
            : "The image's tag names no version: each node may run another one",
        sight.inCluster(List.of("image " + image)),
        Advice.findOut(
            digest
                ? "Look at what the pods answer, and note the version."
                : "Pin the tag of the version that the database belongs to.",
            Steps.VERSIONS),
        digest ? "" : "restart pods meanwhile: a node may pull a newer one, and migrate.");
  }
}
