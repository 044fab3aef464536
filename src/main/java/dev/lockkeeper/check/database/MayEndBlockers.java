package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Our database role may end the sessions for which the migrator waits, whosever they are. */
public record MayEndBlockers() implements Check {
  @Override
  public String word() {
    return "may-end-blockers";
  }

  @Override
  public String question() {
    return "our database role may end a session that blocks";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return EndingRight.of(snapshot).judged(right -> answer(right, snapshot));
  }

  private static Verdict answer(EndingRight right, Snapshot snapshot) {
    Optional<Blocking> blocking = Blocking.of(snapshot);
    if (blocking.isEmpty()) {
      return Blocking.unread();
    }
    List<Backend> sessions = blocking.get().candidates().sessions();
    return right
        .against(sessions)
        .or(right::unseen)
        .orElseGet(
            () ->
                sessions.isEmpty()
                    ? Verdict.unknown(
                        "no session that could be ended blocks now; for others, " + right.lacks())
                    : Verdict.pass("they are its own; for others, " + right.lacks()));
  }
}
