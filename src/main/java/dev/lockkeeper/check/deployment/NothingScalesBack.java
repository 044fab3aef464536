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

/** Nothing besides the operator changes the replica count (C10). */
public record NothingScalesBack() implements Check {
  @Override
  public String word() {
    return "nothing-scales-back";
  }

  @Override
  public String question() {
    return "nothing else changes the replica count";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    if (cluster.isEmpty()) {
      return Verdict.unknown("the cluster cannot be read");
    }
    Observed<List<Scaler>> scalers = cluster.get().scalers();
    Optional<List<Scaler>> found = FreshFacts.read(scalers, snapshot).map(Scaler::acting);
    if (found.isEmpty()) {
      return Verdict.unknown(FreshFacts.why(scalers));
    }
    return found.get().isEmpty()
        ? Verdict.pass("no HPA, no KEDA, not managed by Argo CD or Flux")
        : Verdict.fail(Scaler.text(found.get()));
  }
}
