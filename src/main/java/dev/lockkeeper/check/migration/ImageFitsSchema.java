package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.ImageFit;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The image of the Deployment is not older than the database (C36). */
public record ImageFitsSchema() implements Check {
  @Override
  public String word() {
    return "image-fits-schema";
  }

  @Override
  public String question() {
    return "the deployment's image can serve the database";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> version =
        snapshot
            .freshCluster()
            .flatMap(Cluster::deployment)
            .flatMap(seen -> CoderVersion.ofImage(seen.image()));
    Optional<Long> schema = snapshot.freshDatabase().flatMap(seen -> seen.schema().version());
    if (version.isEmpty() || schema.isEmpty()) {
      return Verdict.unknown("the image's version or the schema number cannot be read");
    }
    return judged(ImageFit.of(version.get(), schema.get(), knowledge));
  }

  public static Verdict judged(ImageFit fit) {
    return switch (fit.kind()) {
      case FITS -> Verdict.pass(fit.sentence());
      case TOO_OLD -> Verdict.fail(fit.sentence());
      case UNKNOWN -> Verdict.unknown(fit.sentence());
    };
  }
}
