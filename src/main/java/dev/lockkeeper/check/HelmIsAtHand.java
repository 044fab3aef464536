package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** There is a helm that this program can run (C12). */
public record HelmIsAtHand() implements Check {
  @Override
  public String question() {
    return "helm can be run from here";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return fresh(snapshot)
        .map(helm -> Verdict.pass("helm %s (%s)".formatted(helm.version(), helm.program())))
        .orElseGet(() -> absent(snapshot));
  }

  private static Verdict absent(Snapshot snapshot) {
    boolean looked = snapshot.helm().value().isEmpty() && !snapshot.helm().isPending();
    return looked
        ? Verdict.fail(snapshot.helm().reason())
        : Verdict.unknown(Lately.why(snapshot.helm()));
  }

  /** What there is to run, if that was looked at not too long ago. */
  public static Optional<Helm> fresh(Snapshot snapshot) {
    return Lately.read(snapshot.helm(), snapshot);
  }
}
