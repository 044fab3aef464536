package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.MigrationState;
import dev.lockkeeper.snapshot.Snapshot;

/** No migration gets on that would lose its work if its pod or its session ended. */
public record NoMigrationWorks() implements Check {
  @Override
  public String question() {
    return "no migration gets on whose work would be lost";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    MigrationState state = MigrationState.of(snapshot);
    return switch (state.kind()) {
      case IN_FLIGHT -> Verdict.fail(state.headline() + ": its work would be lost");
      case UNKNOWN, WRONG_DATABASE -> Verdict.unknown(state.headline());
      case BLOCKED, WAITING, IDLE, COMMITTED, ROLLED_BACK, DIRTY, EMPTY ->
          Verdict.pass(state.headline());
    };
  }
}
