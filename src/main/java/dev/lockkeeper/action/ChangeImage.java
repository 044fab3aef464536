package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Change the coderd image to the target version (C11). */
public record ChangeImage() implements Action {
  @Override
  public String word() {
    return "change-image";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    if (deployment.isEmpty() || target.isEmpty()) {
      return Proposal.none("the deployment or the target version is not known");
    }
    Deployment seen = deployment.get();
    Optional<CoderVersion> installed = CoderVersion.ofImage(seen.image());
    if (installed.isEmpty()) {
      return Proposal.none(
          "the image %s has no version tag: change it by hand".formatted(seen.image()));
    }
    if (installed.equals(target)) {
      return Proposal.none("the deployment already names " + seen.image());
    }
    ImageRequest request = request(cluster.get(), seen, target.get());
    return Proposal.of(
        new Plan(
            request,
            seen.replicas() == 0 ? Risk.DISRUPTIVE : Risk.IRREVERSIBLE,
            effects(snapshot, knowledge, seen),
            undo(seen, request),
            cluster.get().identity().phrase()));
  }

  /** This Deployment's image at another version. */
  static ImageRequest request(Cluster cluster, Deployment seen, CoderVersion version) {
    return new ImageRequest(
        cluster.identity().pinned(),
        seen.name(),
        seen.uid(),
        seen.generation(),
        seen.container().name(),
        seen.image(),
        retagged(seen.image(), version));
  }

  /** The same image at another version; a digest, which would win over the tag, is dropped. */
  static String retagged(String image, CoderVersion version) {
    String named = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    int colon = named.lastIndexOf(':');
    String repository = colon > named.lastIndexOf('/') ? named.substring(0, colon) : named;
    return repository + ":" + version;
  }

  private static List<String> effects(Snapshot snapshot, Knowledge knowledge, Deployment seen) {
    List<String> effects = new ArrayList<>();
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    String migrations = Durations.count(path.pending(knowledge).size(), "migration");
    if (seen.replicas() == 0) {
      effects.add("no pod starts yet: the deployment wants 0 replicas");
      effects.add("the next pod runs " + migrations + " in one transaction");
    } else {
      effects.add(
          "a new pod starts beside %s and runs %s"
              .formatted(Durations.count(seen.replicas(), "old replica"), migrations));
    }
    effects.add("the next helm upgrade sets the image again: update your values");
    return effects;
  }

  private static String undo(Deployment seen, ImageRequest request) {
    return seen.replicas() == 0
        ? request.undo()
        : "none for the schema: once the migration commits, a database snapshot is the only way"
            + " back";
  }
}
