package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** No migration gets on that would lose its work if its pod or its session ended. */
public record NoMigrationWorks() implements Check {
  @Override
  public String word() {
    return "no-migration-works";
  }

  @Override
  public String question() {
    return "no migration makes progress that would be lost";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    MigrationState state = MigrationState.of(snapshot);
    return switch (state.kind()) {
      case IN_FLIGHT -> Verdict.fail(state.headline() + ": its work would be lost");
      case UNKNOWN, WRONG_DATABASE -> Verdict.unknown(state.headline());
      case WAITING -> behind(snapshot, state);
      case BLOCKED, IDLE, COMMITTED, ROLLED_BACK, DIRTY, EMPTY -> Verdict.pass(state.headline());
    };
  }

  /** One whose client is only likely to have ended may get on after all. */
  private static Verdict behind(Snapshot snapshot, MigrationState state) {
    return state.migrator().stream()
        .flatMap(each -> Candidates.doubts(each, snapshot).stream())
        .findFirst()
        .map(doubt -> Verdict.unknown("%s; it could also be %s".formatted(state.headline(), doubt)))
        .orElseGet(() -> Verdict.pass(state.headline()));
  }
}
