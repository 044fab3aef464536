package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.Builds;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** No provisioner job runs or waits: a stop would cut it off and leave orphaned resources (C90). */
public record NoBuildRuns() implements Check {
  @Override
  public String word() {
    return "no-build-runs";
  }

  @Override
  public String question() {
    return "no build is running or pending";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("builds cannot be counted: the database cannot be read");
    }
    Observed<Builds> builds = database.get().usage().builds();
    return FreshFacts.read(builds, snapshot)
        .map(NoBuildRuns::counted)
        .orElseGet(() -> Verdict.unknown("builds cannot be counted: " + FreshFacts.why(builds)));
  }

  private static Verdict counted(Builds builds) {
    return Verdict.of(
            builds.jobs() == 0,
            "%d running, %d pending".formatted(builds.running(), builds.pending()))
        .withFigure(Long.toString(builds.jobs()));
  }
}
