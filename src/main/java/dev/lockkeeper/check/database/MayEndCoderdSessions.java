package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Sessions;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Our database role may end coderd's sessions; where there is none, none has to be ended. */
public record MayEndCoderdSessions() implements Check {
  @Override
  public String word() {
    return "may-end-coderd-sessions";
  }

  @Override
  public String question() {
    return "our database role may end coderd's sessions";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return EndingRight.of(snapshot).judged(right -> answer(right, snapshot));
  }

  private static Verdict answer(EndingRight right, Snapshot snapshot) {
    List<Backend> coderd = Sessions.of(snapshot, right.database()).coderd();
    Optional<Verdict> against = right.against(coderd);
    if (against.isPresent()) {
      return against.get();
    }
    if (!coderd.isEmpty()) {
      // They are of our own role, so those of other roles, hidden or not, are not coderd's.
      return Verdict.pass("coderd's sessions are its own; for others, " + right.lacks());
    }
    return right
        .unseen()
        .orElseGet(
            () -> Verdict.pass("coderd has no session to end; for others, " + right.lacks()));
  }
}
