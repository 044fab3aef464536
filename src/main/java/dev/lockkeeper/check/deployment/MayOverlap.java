package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** Replicas of both versions may run at the same time on this path (C18). */
public record MayOverlap() implements Check {
  @Override
  public String word() {
    return "may-overlap";
  }

  @Override
  public String question() {
    return "old and new replicas may overlap on this path";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    UpgradePath path = UpgradePath.certain(snapshot, knowledge);
    if (path.source().isEmpty() || path.target().isEmpty()) {
      return Verdict.unknown("the path is not known");
    }
    return knowledge.mustNotOverlapWithQuotas(path.source().get(), path.target().get())
        ? Verdict.fail("from v2.39 on, quotas go wrong while an older replica runs: scale to zero")
        : Verdict.pass("no rule against it");
  }
}
