package dev.lockkeeper.check.helm;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** There is a helm that this program can run (C12). */
public record HelmIsAtHand() implements Check {
  @Override
  public String word() {
    return "helm-is-at-hand";
  }

  @Override
  public String question() {
    return "helm can be run from here";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .freshHelm()
        .map(HelmIsAtHand::judged)
        .orElseGet(() -> Verdict.unknown(why(snapshot)));
  }

  private static Verdict judged(Helm helm) {
    return helm.usable()
        ? Verdict.pass("helm %s (%s)".formatted(helm.version(), helm.program()))
        : Verdict.fail(helm.trouble());
  }

  /** What there is to run, if that was looked at not too long ago. */
  public static Optional<Helm> fresh(Snapshot snapshot) {
    return snapshot.freshHelm().filter(Helm::usable);
  }

  /** Why there is nothing to run, or why that is not known. */
  public static String why(Snapshot snapshot) {
    return snapshot
        .helm()
        .value()
        .map(Helm::trouble)
        .filter(trouble -> !trouble.isEmpty())
        .orElseGet(() -> FreshFacts.why(snapshot.helm()));
  }
}
