package dev.lockkeeper.check.migration;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.database.HiddenSessions;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.snapshot.Snapshot;

/** Nothing is found that stays as it is until somebody acts; a long migration may go on. */
public record WaitingHelps() implements Check {
  @Override
  public String word() {
    return "waiting-helps";
  }

  @Override
  public String question() {
    return "what is found is resolved without you";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    if (snapshot.freshCluster().isEmpty() || snapshot.freshDatabase().isEmpty()) {
      return Verdict.unknown("cluster or database cannot be read");
    }
    return Diagnosis.of(snapshot, knowledge).stream()
        .filter(each -> each.urgency() == Finding.Urgency.ACT)
        .filter(each -> each.kind() != Finding.Kind.LONG_MIGRATION)
        .findFirst()
        .map(each -> Verdict.fail("waiting does not help: " + each.headline()))
        .orElseGet(() -> nothing(snapshot));
  }

  /** Whoever migrates may be stuck for good where our role may not look into it. */
  private static Verdict nothing(Snapshot snapshot) {
    return snapshot
        .freshDatabase()
        .flatMap(HiddenSessions::migrator)
        .map(pid -> Verdict.unknown("pid %d migrates, hidden from our role".formatted(pid)))
        .orElseGet(() -> Verdict.pass("nothing is found that needs you"));
  }
}
