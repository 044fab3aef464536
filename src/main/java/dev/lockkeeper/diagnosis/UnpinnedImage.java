package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Deployment;
import java.util.List;

/** An image whose tag does not say which version it is. */
final class UnpinnedImage {
  private UnpinnedImage() {}

  static List<Finding> find(Sight sight) {
    return sight
        .deployment()
        .map(Deployment::image)
        .filter(image -> !image.isBlank())
        .filter(image -> CoderVersion.ofImage(image).isEmpty())
        .map(UnpinnedImage::finding)
        .stream()
        .toList();
  }

  private static Finding finding(String image) {
    boolean digest = image.contains("@sha256:");
    return new Finding(
        Kind.UNPINNED_IMAGE,
        digest ? Urgency.KNOW : Urgency.BEWARE,
        digest
            ? "The image is named by its digest: which version it is cannot be read off"
            : "The image's tag names no version: each node may run another one",
        List.of("image " + image),
        digest
            ? "Look at what the pods answer, and note the version."
            : "Pin the tag of the version that the database belongs to.",
        digest ? "" : "restart pods meanwhile: a node may pull a newer one, and migrate.",
        Steps.VERSIONS);
  }
}
