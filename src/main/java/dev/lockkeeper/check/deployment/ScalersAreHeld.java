package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * All that can be held from here is held (C10). What cannot be is told: it stops the acts that rest
 * on it, which ask {@link NothingScalesBack}.
 */
public record ScalersAreHeld() implements Check {
  @Override
  public String word() {
    return "scalers-are-held";
  }

  @Override
  public String question() {
    return "what changes the replica count is paused";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Observed<List<Scaler>>> scalers = snapshot.freshCluster().map(Cluster::scalers);
    if (scalers.isEmpty()) {
      return Verdict.unknown("the cluster cannot be read");
    }
    Optional<List<Scaler>> acting = FreshFacts.read(scalers.get(), snapshot).map(Scaler::acting);
    if (acting.isEmpty()) {
      return Verdict.unknown(FreshFacts.why(scalers.get()));
    }
    List<Scaler> open = acting.get().stream().filter(each -> each.holdable().isPresent()).toList();
    if (!open.isEmpty()) {
      return Verdict.fail(Scaler.text(open));
    }
    return acting.get().isEmpty()
        ? Verdict.pass("nothing else changes the replica count")
        : Verdict.pass("what is left is not paused from here: " + Scaler.text(acting.get()));
  }
}
