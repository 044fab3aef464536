package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * The database takes new sessions, and as many as before where this run closed it: another limit
 * repays nothing (C32).
 */
public record ConnectionsAreAllowed() implements Check {
  @Override
  public String word() {
    return "fence-is-down";
  }

  @Override
  public String question() {
    return "clients can connect to the database";
  }

  @Override
  public Optional<String> repays() {
    return Optional.of(RunFacts.CONNECTION_LIMIT);
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Verdict open = ObservedLimit.answer(snapshot, false);
    Optional<String> owed = snapshot.run().limitOwed().map(ObservedLimit::told);
    return !open.passed() || owed.filter(each -> !each.equals(open.evidence())).isEmpty()
        ? open
        : Verdict.fail("%s; before this run set it: %s".formatted(open.evidence(), owed.get()));
  }
}
