package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Our database role may end all sessions but those that are left alone. */
public record MayEndSessions() implements Check {
  @Override
  public String word() {
    return "may-end-sessions";
  }

  @Override
  public String question() {
    return "our database role may end all sessions";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return EndingRight.of(snapshot).judged(right -> answer(right, snapshot));
  }

  private static Verdict answer(EndingRight right, Snapshot snapshot) {
    Optional<List<Backend>> sessions = Candidates.all(snapshot).map(Candidates::sessions);
    if (sessions.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    String own = sessions.get().isEmpty() ? "no session is there to end" : "they are its own";
    return right
        .against(sessions.get())
        .or(right::unseen)
        .orElseGet(() -> Verdict.pass(own + "; for others, " + right.lacks()));
  }
}
