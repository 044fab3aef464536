package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.ImageFit;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.migration.ImageFitsSchema;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The version to which helm rollback leads is not older than the database (C12, C36). */
public record RollbackFitsSchema() implements Check {
  @Override
  public String word() {
    return "rollback-fits-schema";
  }

  @Override
  public String question() {
    return "the version before can serve the database";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<HelmRelease> release = ReleaseIsKnown.fresh(snapshot);
    if (release.isEmpty()) {
      return Verdict.unknown(ReleaseIsKnown.why(snapshot));
    }
    Optional<CoderVersion> version =
        release
            .get()
            .earlier()
            .before()
            .flatMap(HelmRelease.Before::image)
            .flatMap(CoderVersion::parse);
    Optional<Long> schema = snapshot.freshDatabase().flatMap(seen -> seen.schema().version());
    if (version.isEmpty() || schema.isEmpty()) {
      return Verdict.unknown("the version of the revision before, or the schema, cannot be read");
    }
    return ImageFitsSchema.judged(ImageFit.of(version.get(), schema.get(), knowledge));
  }
}
