package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * The newest revision of the release is the target's, and went through (C12). It is the release
 * that tells, and not the exit status of a helm that may have been killed.
 */
public record HelmHasUpgraded() implements Check {
  @Override
  public String word() {
    return "helm-has-upgraded";
  }

  @Override
  public String question() {
    return "Helm says that the target is deployed";
  }

  /** Whoever changed the image without Helm owes it to Helm until this holds. */
  @Override
  public Optional<String> repays() {
    return Optional.of("helm-values");
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<HelmRelease> release = ReleaseIsKnown.fresh(snapshot);
    if (release.isEmpty()) {
      return Verdict.unknown(ReleaseIsKnown.why(snapshot));
    }
    Optional<HelmRun> run = HelmIsAtHand.fresh(snapshot).flatMap(Helm::run);
    if (run.filter(each -> each.state() == HelmRun.State.RUNNING).isPresent()) {
      return Verdict.fail(ReleaseLookup.spoken(run.get(), snapshot));
    }
    return judged(release.get(), snapshot, run);
  }

  private static Verdict judged(HelmRelease release, Snapshot snapshot, Optional<HelmRun> run) {
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    Optional<CoderVersion> chart = CoderVersion.parse(release.chart().version());
    Optional<String> pinned =
        release.values().imageTag().filter(tag -> !CoderVersion.parse(tag).equals(target));
    boolean there =
        release.deployed() && target.isPresent() && chart.equals(target) && pinned.isEmpty();
    String failed =
        run.filter(each -> !there && each.state() == HelmRun.State.ENDED && !each.succeeded())
            .map(each -> "; " + ReleaseLookup.spoken(each, snapshot) + last(each))
            .orElse("");
    String tag = pinned.map(", coder.image.tag "::concat).orElse("");
    return Verdict.of(there, ReleaseLookup.spoken(release) + tag + failed);
  }

  private static String last(HelmRun run) {
    return run.lines().isEmpty() ? "" : ": " + run.lines().get(run.lines().size() - 1);
  }
}
