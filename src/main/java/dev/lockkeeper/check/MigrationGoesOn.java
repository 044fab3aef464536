package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.MigrationState;
import dev.lockkeeper.snapshot.Snapshot;

/** A migration gets on, or is over. */
public record MigrationGoesOn() implements Check {
  @Override
  public String question() {
    return "the migration gets on or is over";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    MigrationState state = MigrationState.of(snapshot);
    return switch (state.kind()) {
      case IN_FLIGHT -> works(snapshot, state);
      case UNKNOWN, WRONG_DATABASE -> Verdict.unknown(state.headline());
      case BLOCKED, WAITING, DIRTY, EMPTY -> Verdict.fail(state.headline());
      case IDLE, COMMITTED, ROLLED_BACK -> still(snapshot, knowledge, state);
    };
  }

  /** One that holds the lock and is hidden from us may as well be idle, or without a client. */
  private static Verdict works(Snapshot snapshot, MigrationState state) {
    return snapshot
        .freshDatabase()
        .flatMap(Unseen::migrator)
        .map(pid -> Verdict.unknown("what pid %d does is hidden from our role".formatted(pid)))
        .orElseGet(() -> Verdict.pass(state.headline()));
  }

  /** A pod that is not Ready yet may begin at any moment. */
  private static Verdict still(Snapshot snapshot, Knowledge knowledge, MigrationState state) {
    Verdict settled = new MigrationSettled().evaluate(snapshot, knowledge);
    boolean starting =
        snapshot
            .freshCluster()
            .filter(seen -> seen.pods().stream().anyMatch(pod -> !pod.ready()))
            .isPresent();
    return settled.passed() || !starting
        ? settled
        : Verdict.unknown(state.headline() + "; a pod that is not Ready may migrate yet");
  }
}
