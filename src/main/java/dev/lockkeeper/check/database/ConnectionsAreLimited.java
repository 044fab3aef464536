package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** The database takes no new ordinary session (C32). */
public record ConnectionsAreLimited() implements Check {
  @Override
  public String word() {
    return "fence-is-up";
  }

  @Override
  public String question() {
    return "the database's connection limit is 0";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return ObservedLimit.answer(snapshot, true);
  }
}
