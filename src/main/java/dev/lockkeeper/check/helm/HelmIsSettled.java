package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.PendingRelease;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** No Helm operation is under way, nor did one die half-way (C12). */
public record HelmIsSettled() implements Check {
  @Override
  public String word() {
    return "helm-is-settled";
  }

  @Override
  public String question() {
    return "no Helm operation is in progress";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<HelmRun> running =
        HelmIsAtHand.fresh(snapshot)
            .flatMap(Helm::run)
            .filter(run -> run.state() == HelmRun.State.RUNNING);
    if (running.isPresent()) {
      return Verdict.fail(ReleaseLookup.spoken(running.get(), snapshot));
    }
    if (snapshot.helm().isKnown() && snapshot.freshHelm().isEmpty()) {
      return Verdict.unknown("whether our own helm runs was read too long ago");
    }
    if (ReleaseIsKnown.none(snapshot)) {
      return Verdict.pass("Helm keeps no release of Coder here");
    }
    return ReleaseIsKnown.fresh(snapshot)
        .map(release -> judged(release, snapshot, knowledge))
        .orElseGet(() -> Verdict.unknown(ReleaseIsKnown.why(snapshot)));
  }

  private static Verdict judged(HelmRelease release, Snapshot snapshot, Knowledge knowledge) {
    String spoken = "revision %d is %s".formatted(release.revision(), release.status());
    return release.pending()
        ? Verdict.fail(
            "%s since %s: helm runs elsewhere, or it was killed; %s (or: lockkeeper run helm-pending)"
                .formatted(
                    spoken,
                    release.info().changedAt(),
                    PendingRelease.cure(release, snapshot, knowledge)))
        : Verdict.pass(spoken);
  }
}
