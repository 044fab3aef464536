package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.database.HiddenSessions;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Set;

/** A migration gets on, or is over. */
public record MigrationGoesOn() implements Check {
  /** It has the lock, and does not get on, or may not. */
  private static final Set<Finding.Kind> STUCK =
      Set.of(
          Finding.Kind.ORPHAN_BACKEND, Finding.Kind.MIGRATOR_HELD_UP, Finding.Kind.SILENT_MIGRATOR);

  @Override
  public String word() {
    return "migration-goes-on";
  }

  @Override
  public String question() {
    return "the migration makes progress or is over";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    MigrationState state = MigrationState.of(snapshot);
    return switch (state.kind()) {
      case IN_FLIGHT -> works(snapshot, knowledge, state);
      case UNKNOWN, WRONG_DATABASE -> Verdict.unknown(state.headline());
      case BLOCKED, WAITING, DIRTY, EMPTY -> Verdict.fail(state.headline());
      case IDLE, COMMITTED, ROLLED_BACK -> still(snapshot, knowledge, state);
    };
  }

  /** One that holds the lock and is hidden from us may as well be idle, or without a client. */
  private static Verdict works(Snapshot snapshot, Knowledge knowledge, MigrationState state) {
    return Diagnosis.of(snapshot, knowledge).stream()
        .filter(each -> STUCK.contains(each.kind()) && each.urgency() != Finding.Urgency.KNOW)
        .findFirst()
        .map(
            each ->
                each.certainty() == Certainty.PROVEN && each.urgency() == Finding.Urgency.ACT
                    ? Verdict.fail(each.headline())
                    : Verdict.unknown(each.headline()))
        .orElseGet(() -> seen(snapshot, state));
  }

  private static Verdict seen(Snapshot snapshot, MigrationState state) {
    return snapshot
        .freshDatabase()
        .flatMap(HiddenSessions::migrator)
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
        : Verdict.unknown(state.headline() + "; a pod that is not Ready may still migrate");
  }
}
