package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Proposal;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** Whether a step has an act to be done now. */
public final class DueAct {
  private DueAct() {}

  /**
   * What the step's act would be now, or why there is none; empty when the step has no act, or its
   * act was done and nothing calls for another one. Whoever ended a session may find that it came
   * back, and a count that was set may be set back: then the act is due once more, with a
   * confirmation of its own.
   */
  public static Optional<Proposal> of(State state, Step step) {
    if (state.pending().isPresent() || state.progress().finished(step.id())) {
      return Optional.empty();
    }
    Optional<Proposal> proposal =
        step.action().map(action -> action.propose(state.snapshot(), state.knowledge()));
    return state.progress().status(step.id()) == StepStatus.ACTED
        ? proposal.filter(each -> each.plan().isPresent() && seenSince(state, step))
        : proposal;
  }

  /** The plan, where there is one. */
  static Optional<Plan> plan(State state, Step step) {
    return of(state, step).flatMap(Proposal::plan);
  }

  /** What was read before the act ended, or right after it, does not tell what came of it. */
  private static boolean seenSince(State state, Step step) {
    Snapshot seen = state.snapshot();
    return state
        .progress()
        .outcome(step.id())
        .map(outcome -> outcome.at().plus(Snapshot.FRESH))
        .filter(shown -> seen.cluster().at().isAfter(shown))
        .filter(shown -> seen.database().at().isAfter(shown))
        .isPresent();
  }
}
