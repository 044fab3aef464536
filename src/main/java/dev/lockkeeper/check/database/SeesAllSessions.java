package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** What the sessions of other roles do is not hidden from our database role. */
public record SeesAllSessions() implements Check {
  @Override
  public String word() {
    return "sees-all-sessions";
  }

  @Override
  public String question() {
    return "no session is hidden from our database role";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    String role = database.get().identity().user();
    if (database.get().rights().seesAll() || database.get().rights().superuser()) {
      return Verdict.pass(role + " may look into all sessions");
    }
    long hidden = database.get().hidden();
    return hidden == 0
        ? Verdict.pass("none now; %s lacks pg_monitor, other roles' would be".formatted(role))
        : Verdict.fail(
            "%s hidden now: %s lacks pg_monitor"
                .formatted(Durations.count(hidden, "session"), role));
  }
}
