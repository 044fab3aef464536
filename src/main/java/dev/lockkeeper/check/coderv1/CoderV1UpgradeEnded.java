package dev.lockkeeper.check.coderv1;

import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.helm.HelmIsAtHand;
import dev.lockkeeper.check.helm.ReleaseIsKnown;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** Helm has tried the upgrade and is done with it, well or not, or would refuse it (C57). */
public record CoderV1UpgradeEnded() implements Check {
  @Override
  public String word() {
    return "v1-upgrade-ended";
  }

  @Override
  public String question() {
    return "helm has run the upgrade, or refuses it";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<String> refused = snapshot.run().helmRefused();
    if (refused.isPresent() && ReleaseIsKnown.fresh(snapshot).isPresent()) {
      return Verdict.pass("helm would refuse, and nothing was changed: " + refused.get());
    }
    Optional<HelmRun> run =
        HelmIsAtHand.fresh(snapshot).flatMap(helm -> ReleaseLookup.run(snapshot));
    if (run.isPresent()) {
      return Verdict.of(
          run.get().state() != HelmRun.State.RUNNING, ReleaseLookup.spoken(run.get(), snapshot));
    }
    return ReleaseIsKnown.fresh(snapshot)
        .map(release -> judged(release, snapshot))
        .orElseGet(() -> Verdict.unknown(ReleaseIsKnown.why(snapshot)));
  }

  private static Verdict judged(HelmRelease release, Snapshot snapshot) {
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    return Verdict.of(
        !release.pending()
            && target.isPresent()
            && CoderVersion.parse(release.chart().version()).equals(target),
        ReleaseLookup.spoken(release));
  }
}
