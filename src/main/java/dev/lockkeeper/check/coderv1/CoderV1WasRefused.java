package dev.lockkeeper.check.coderv1;

import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.helm.ReleaseIsKnown;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The target is not deployed: only then is there anything for a cure to do (C58 to C60). */
public record CoderV1WasRefused() implements Check {
  @Override
  public String word() {
    return "v1-was-refused";
  }

  @Override
  public String question() {
    return "Helm has not deployed the target";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return ReleaseIsKnown.fresh(snapshot)
        .map(release -> judged(release, snapshot))
        .orElseGet(() -> Verdict.unknown(ReleaseIsKnown.why(snapshot)));
  }

  private static Verdict judged(HelmRelease release, Snapshot snapshot) {
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    boolean there =
        release.deployed() && CoderVersion.parse(release.chart().version()).equals(target);
    return Verdict.of(target.isPresent() && !there, ReleaseLookup.spoken(release));
  }
}
