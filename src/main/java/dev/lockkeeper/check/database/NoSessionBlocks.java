package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** No session stands before the migrator. */
public record NoSessionBlocks() implements Check {
  @Override
  public String word() {
    return "no-session-blocks";
  }

  @Override
  public String question() {
    return "no session blocks a migration";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return Blocking.of(snapshot)
        .map(blocking -> blocking.answer(blocking.candidates().sessions(), ""))
        .orElseGet(Blocking::unread);
  }
}
