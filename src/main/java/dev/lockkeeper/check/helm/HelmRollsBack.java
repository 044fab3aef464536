package dev.lockkeeper.check.helm;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** There is a helm that knows how to roll back (C12). */
public record HelmRollsBack() implements Check {
  @Override
  public String word() {
    return "helm-rolls-back";
  }

  @Override
  public String question() {
    return "the helm at hand can roll back";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return HelmIsAtHand.fresh(snapshot)
        .map(
            helm ->
                helm.rollsBack()
                    ? Verdict.pass("helm %s (%s)".formatted(helm.version(), helm.program()))
                    : Verdict.fail("the bundled helm cannot: put a helm into PATH"))
        .orElseGet(() -> Verdict.unknown(HelmIsAtHand.why(snapshot)));
  }
}
