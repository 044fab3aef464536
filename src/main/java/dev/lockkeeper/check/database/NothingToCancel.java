package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;

/** Nobody blocks the migrator with a statement that is under way. */
public record NothingToCancel() implements Check {
  @Override
  public String word() {
    return "nothing-to-cancel";
  }

  @Override
  public String question() {
    return "no statement that could be cancelled blocks a migration";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return Blocking.of(snapshot).map(NothingToCancel::judged).orElseGet(Blocking::unread);
  }

  /** Whether one that is hidden from us has a statement under way is not known. */
  private static Verdict judged(Blocking blocking) {
    List<Backend> working = Blocking.working(blocking.candidates().sessions());
    return working.isEmpty() && blocking.hidden()
        ? Verdict.unknown(blocking.everybody())
        : blocking.answer(working, "a cancel does not help here: " + blocking.everybody());
  }
}
