package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.Sessions;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.Optional;

/** Coderd has no session, and none was seen for ten seconds: nothing brings it back (C32). */
public record NoCoderdSession() implements Check {
  private static final Duration QUIET = Duration.ofSeconds(10);

  @Override
  public String word() {
    return "no-coderd-session";
  }

  @Override
  public String question() {
    return "coderd has no session, and none comes back";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Candidates> seen = Candidates.coderd(snapshot);
    if (seen.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    int left = seen.get().sessions().size() + seen.get().leftAlone().size();
    if (left > 0) {
      return Verdict.fail(Durations.count(left, "coderd session") + " left");
    }
    Optional<Database> database = snapshot.freshDatabase();
    Optional<String> unseen =
        database
            .flatMap(HiddenSessions::sessions)
            .or(() -> database.flatMap(each -> Sessions.of(snapshot, each).doubt(snapshot)));
    if (unseen.isPresent()) {
      return Verdict.unknown(unseen.get());
    }
    Duration quiet =
        snapshot
            .run()
            .quietSince()
            .map(since -> Duration.between(since, snapshot.now()))
            .orElse(Duration.ZERO);
    return Verdict.of(
        quiet.compareTo(QUIET) >= 0, "0 coderd sessions, none for " + Durations.of(quiet));
  }
}
