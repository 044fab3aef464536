package dev.lockkeeper.check.migration;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The most urgent thing that is found is not a migration that works. */
public record ActingHelps() implements Check {
  @Override
  public String word() {
    return "acting-helps";
  }

  @Override
  public String question() {
    return "no migration works that is best left alone";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    if (snapshot.freshCluster().isEmpty() || snapshot.freshDatabase().isEmpty()) {
      return Verdict.unknown("cluster or database cannot be read");
    }
    Optional<Finding> first = Diagnosis.of(snapshot, knowledge).stream().findFirst();
    return first
        .filter(each -> each.urgency() == Finding.Urgency.WAIT)
        .map(each -> Verdict.fail(each.headline()))
        .orElseGet(() -> Verdict.pass(first.map(Finding::headline).orElse("nothing is found")));
  }
}
