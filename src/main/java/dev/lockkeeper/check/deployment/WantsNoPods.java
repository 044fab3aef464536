package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Snapshot;

/** The Deployment wants no replica (C30). */
public record WantsNoPods() implements Check {
  @Override
  public String word() {
    return "wants-no-pods";
  }

  @Override
  public String question() {
    return "the deployment wants 0 replicas";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .freshCluster()
        .flatMap(Cluster::deployment)
        .map(
            seen ->
                Verdict.of(
                    seen.replicas() == 0, "wants " + Durations.count(seen.replicas(), "replica")))
        .orElseGet(() -> Verdict.unknown("the deployment cannot be read"));
  }
}
