package dev.lockkeeper.check.upgrade;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;

/** This run has kept what the next acts destroy. */
public record EvidenceIsKept() implements Check {
  @Override
  public String word() {
    return "evidence-is-kept";
  }

  @Override
  public String question() {
    return "the evidence is kept";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .run()
        .recalled(RunFacts.EVIDENCE)
        .map(Verdict::pass)
        .orElseGet(() -> Verdict.fail("this run has kept none"));
  }
}
