package dev.lockkeeper.check.helm;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;

/** The newest revision of the release is one that Helm never finished (C12). */
public record ReleaseHangs() implements Check {
  @Override
  public String word() {
    return "release-hangs";
  }

  @Override
  public String question() {
    return "a revision of the release hangs";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return ReleaseIsKnown.fresh(snapshot)
        .map(ReleaseHangs::judged)
        .orElseGet(() -> Verdict.unknown(ReleaseIsKnown.why(snapshot)));
  }

  private static Verdict judged(HelmRelease release) {
    return Verdict.of(
        release.pending(),
        "revision %d is %s since %s"
            .formatted(release.revision(), release.status(), release.info().changedAt()));
  }
}
