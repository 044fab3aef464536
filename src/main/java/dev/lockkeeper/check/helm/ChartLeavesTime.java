package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.OwnValues;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * The target's chart renders no liveness probe that kills the pod that migrates, or has a value to
 * keep it away; what was edited by hand is as in the chart again after helm upgrade (C12, C25).
 */
public record ChartLeavesTime() implements Check {
  @Override
  public String word() {
    return "chart-leaves-time";
  }

  @Override
  public String question() {
    return "the target's chart leaves a migration enough time";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<HelmRelease> release = ReleaseIsKnown.fresh(snapshot);
    if (release.isEmpty()) {
      return Verdict.unknown(ReleaseIsKnown.why(snapshot));
    }
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    if (target.isEmpty()) {
      return Verdict.unknown("the target version is not known");
    }
    if (!ReleaseLookup.rendersLiveness(
        OwnValues.read(release.get(), snapshot), target.get(), knowledge)) {
      return Verdict.pass("it renders no liveness probe");
    }
    return knowledge
        .chart(target.get())
        .livenessRelief()
        .map(value -> Verdict.pass("by --set coder.livenessProbe." + value))
        .orElseGet(
            () ->
                Verdict.fail(
                    "the chart of %s always renders a liveness probe, which ends a migration after about 90 s: let the wizard change the image instead"
                        .formatted(target.get())));
  }
}
