package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** No session that may be ended is left in the database. */
public record NoSessionLeft() implements Check {
  @Override
  public String word() {
    return "no-session-left";
  }

  @Override
  public String question() {
    return "no session is left but those that are left alone";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Candidates> seen = Candidates.all(snapshot);
    if (seen.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    if (!seen.get().sessions().isEmpty()) {
      return Verdict.fail(Durations.count(seen.get().sessions().size(), "session") + " left");
    }
    Optional<String> unseen = snapshot.freshDatabase().flatMap(HiddenSessions::sessions);
    if (unseen.isPresent()) {
      return Verdict.unknown(unseen.get());
    }
    int alone = seen.get().leftAlone().size();
    return Verdict.pass(
        alone == 0 ? "none" : "none but " + String.join("; ", seen.get().leftAlone()));
  }
}
