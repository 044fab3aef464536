package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** No session waits for a lock (C17). */
public record NobodyWaits() implements Check {
  @Override
  public String word() {
    return "nobody-waits";
  }

  @Override
  public String question() {
    return "no session waits for a lock";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    int waiting = database.get().waits().size();
    return Verdict.of(
        waiting == 0,
        waiting == 0 ? "none waits" : Durations.count(waiting, "session") + " waiting: see Locks");
  }
}
