package dev.lockkeeper.action;

import dev.lockkeeper.analysis.ImageFit;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Change the image to a version that can serve the schema as it is (C38): the one that was said, or
 * else the run's target. One that is older than the database is refused.
 */
public record SetImage() implements Action {
  /** Under this word the operator says which version it shall be. */
  public static final String VERSION = "image-version";

  @Override
  public String word() {
    return "set-image";
  }

  @Override
  public List<String> needs() {
    return List.of(VERSION);
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    Optional<Long> schema = snapshot.freshDatabase().flatMap(seen -> seen.schema().version());
    if (deployment.isEmpty() || schema.isEmpty()) {
      return Proposal.none("the deployment or the schema number cannot be read now");
    }
    Optional<CoderVersion> version = wanted(snapshot);
    if (version.isEmpty()) {
      return Proposal.none("name the version first, such as v2.29.3 (r asks again)");
    }
    ImageFit fit = ImageFit.of(version.get(), schema.get(), knowledge);
    if (fit.kind() == ImageFit.Kind.TOO_OLD) {
      return Proposal.none(fit.sentence() + " (r asks again)");
    }
    if (UpgradePath.named(snapshot).equals(version)) {
      return Proposal.none("the deployment already names " + deployment.get().image());
    }
    ImageRequest request = ChangeImage.request(cluster.get(), deployment.get(), version.get());
    return Proposal.of(
        plan(
            cluster.get(),
            deployment.get(),
            request,
            fit,
            ImageFit.migratesNothing(version.get(), schema.get(), knowledge)));
  }

  /** The version that was said, or the run's target. */
  public static Optional<CoderVersion> wanted(Snapshot snapshot) {
    return snapshot
        .run()
        .said(VERSION)
        .map(RunFacts.Attested::value)
        .or(() -> snapshot.run().target())
        .map(String::strip)
        .flatMap(CoderVersion::parse);
  }

  private static Plan plan(
      Cluster cluster,
      Deployment seen,
      ImageRequest request,
      ImageFit fit,
      boolean migratesNothing) {
    boolean still = seen.replicas() == 0;
    List<String> effects = new ArrayList<>();
    effects.add(
        still
            ? "no pod starts yet: the deployment wants 0 replicas"
            : "a new pod starts at once beside those that run"
                + (migratesNothing ? "" : ", and migrates if it has to"));
    effects.add(fit.sentence());
    effects.add(
        seen.chart().isPresent()
            ? "Helm set the image (%s): name this version there too, or the next helm upgrade puts the old one back"
                .formatted(seen.chart().get())
            : "whatever wrote this manifest should name the same version");
    return new Plan(
        request,
        still || migratesNothing ? Risk.DISRUPTIVE : Risk.IRREVERSIBLE,
        effects,
        still || migratesNothing
            ? request.undo()
            : "none for the schema: once a migration commits, a database snapshot is the only way"
                + " back",
        cluster.identity().phrase());
  }
}
