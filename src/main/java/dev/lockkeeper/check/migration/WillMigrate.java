package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * A pod is wanted, so that something migrates (C13). Where this run has scaled, only as many as it
 * has set, and one after zero: the others would queue behind the one that migrates. Who upgrades by
 * hand decides how many.
 */
public record WillMigrate() implements Check {
  @Override
  public String word() {
    return "will-migrate";
  }

  @Override
  public String question() {
    return "a pod is wanted that can migrate";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .freshCluster()
        .flatMap(Cluster::deployment)
        .map(seen -> answer(seen.replicas(), asked(snapshot.run())))
        .orElseGet(() -> Verdict.unknown("the deployment cannot be read"));
  }

  private static Optional<Integer> asked(RunFacts run) {
    boolean byHand = run.chosen("way").filter("myself"::equals).isPresent();
    return run.recalled(RunFacts.REPLICAS_SET)
        .filter(count -> !byHand)
        .map(count -> Math.max(1, Integer.parseInt(count)));
  }

  private static Verdict answer(int wanted, Optional<Integer> asked) {
    boolean asAsked = asked.filter(count -> count != wanted).isEmpty();
    return Verdict.of(
        wanted > 0 && asAsked,
        "wants "
            + Durations.count(wanted, "replica")
            + (asAsked ? "" : "; the run asked for " + asked.get()));
  }
}
