package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** Nobody migrates now: what is stopped then loses all of its work. */
public record NoMigrationRuns() implements Check {
  @Override
  public String word() {
    return "no-migration-runs";
  }

  @Override
  public String question() {
    return "no migration is in progress";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    MigrationState state = MigrationState.of(snapshot);
    return switch (state.kind()) {
      case IN_FLIGHT, BLOCKED, WAITING -> Verdict.fail(state.headline());
      case UNKNOWN, WRONG_DATABASE -> Verdict.unknown(state.headline());
      case IDLE, COMMITTED, ROLLED_BACK, DIRTY, EMPTY -> Verdict.pass(state.headline());
    };
  }
}
