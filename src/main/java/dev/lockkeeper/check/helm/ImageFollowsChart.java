package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.OwnValues;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The values pin no image tag that would win over the chart's version (C12). */
public record ImageFollowsChart() implements Check {
  @Override
  public String word() {
    return "image-follows-chart";
  }

  @Override
  public String question() {
    return "the values let the image follow the chart";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<HelmRelease> release = ReleaseIsKnown.fresh(snapshot);
    if (release.isEmpty()) {
      return Verdict.unknown(ReleaseIsKnown.why(snapshot));
    }
    Optional<HelmRelease.Values> values = OwnValues.read(release.get(), snapshot);
    if (values.isEmpty()) {
      return Verdict.unknown(why(release.get(), snapshot));
    }
    Optional<String> tag = values.get().imageTag();
    if (tag.isEmpty()) {
      return Verdict.pass("coder.image.tag is not set");
    }
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    return Verdict.of(
        tag.flatMap(CoderVersion::parse).equals(target) && target.isPresent(),
        "coder.image.tag is %s in the values: it wins over the chart's version"
            .formatted(tag.get()));
  }

  private static String why(HelmRelease release, Snapshot snapshot) {
    return snapshot
        .helm()
        .value()
        .map(helm -> OwnValues.of(release, helm, snapshot.run()).trouble())
        .filter(trouble -> !trouble.isEmpty())
        .orElse("the revision that has your values was not read");
  }
}
