package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** Nobody blocks the migrator with a statement that is under way. */
public record NothingToCancel() implements Check {
  @Override
  public String question() {
    return "no statement that could be cancelled blocks a migration";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return Blocking.of(snapshot)
        .map(
            blocking ->
                blocking.answer(
                    Blocking.working(blocking.candidates().sessions()),
                    "a cancel helps against none of them: " + blocking.everybody()))
        .orElseGet(Blocking::unread);
  }
}
