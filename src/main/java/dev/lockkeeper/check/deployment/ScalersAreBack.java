package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** The autoscalers that were paused for the run scale again (C10). */
public record ScalersAreBack() implements Check {
  @Override
  public String word() {
    return "scalers-are-back";
  }

  @Override
  public String question() {
    return "the autoscalers are back";
  }

  @Override
  public Optional<String> repays() {
    return Optional.of(RunFacts.SCALERS);
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Observed<List<Scaler>>> scalers = snapshot.freshCluster().map(Cluster::scalers);
    if (scalers.isEmpty()) {
      return Verdict.unknown("the cluster cannot be read");
    }
    Optional<String> paused = snapshot.run().recalled(RunFacts.SCALERS_PAUSED);
    if (paused.isEmpty()) {
      return Verdict.pass("none was seen to be paused during this run");
    }
    Optional<List<Scaler>> found = FreshFacts.read(scalers.get(), snapshot).map(Scaler::acting);
    if (found.isEmpty()) {
      return Verdict.unknown(FreshFacts.why(scalers.get()));
    }
    String missing = Scaler.missing(paused.get(), found.get());
    if (!missing.isEmpty()) {
      return Verdict.fail("still paused or removed: " + missing);
    }
    String changed = Scaler.changed(paused.get(), found.get());
    return changed.isEmpty()
        ? Verdict.pass("back: " + paused.get())
        : Verdict.fail(
            "set otherwise than before: %s; before: %s"
                .formatted(Scaler.text(found.get()), changed));
  }
}
