package dev.lockkeeper.wizard;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Taking back: an answer, a decision, that a step was left out, or that its act was the last one.
 * What was done is not taken back by this, so a decision stands as soon as an act rests on it,
 * until what was done has come to nothing: then it is taken up again from there, act by act.
 */
final class Reopen {
  private Reopen() {}

  static Next of(State state) {
    Step step = state.step();
    Next next = Next.of(state);
    boolean rests = step.choice().isPresent() && acted(state, step).isPresent();
    for (Step later : rests ? resting(state, step) : List.<Step>of()) {
      next =
          next.then(now -> Observing.write(now, Entry.reopened(now.now(), later.id(), List.of())));
    }
    return next.then(
        now -> Observing.write(now, Entry.reopened(now.now(), step.id(), words(step))));
  }

  /** Why nothing can be taken back at the step on the screen. */
  static Optional<String> obstacle(State state) {
    Step step = state.step();
    if (words(step).isEmpty() && !again(state, step)) {
      return Optional.of("nothing was answered, decided, done or left out here");
    }
    if (state.pending().isPresent() || state.noting(step)) {
      return Optional.of("wait: another request is in progress");
    }
    return step.choice()
        .flatMap(choice -> acted(state, step))
        .filter(resting -> !cameToNothing(state))
        .map(
            resting ->
                "too late: %s was done because of it, and nothing says that it failed"
                    .formatted(resting.id()));
  }

  /** Whether the key is worth a place in the footer at the step on the screen. */
  static boolean offered(State state) {
    Step step = state.step();
    if (state.pending().isPresent() || !state.progress().finished(step.id())) {
      return false;
    }
    return state.progress().status(step.id()) == StepStatus.DONE && again(state, step)
        || step.choice().isPresent() && acted(state, step).isPresent() && cameToNothing(state);
  }

  /**
   * The step before the one on the screen that has to be done once more: what its act ended, or its
   * like, is there again.
   */
  static Optional<Step> dueAgain(State state) {
    return state.applicable().stream()
        .takeWhile(each -> !each.id().equals(state.cursor()))
        .filter(each -> state.progress().status(each.id()) == StepStatus.DONE)
        .filter(each -> again(state, each) && proposesTheSame(state, each))
        .findFirst();
  }

  private static boolean proposesTheSame(State state, Step step) {
    return step.action()
        .flatMap(action -> action.propose(state.snapshot(), state.knowledge()).plan())
        .filter(plan -> plan.request().kind().mayBeDueAgain())
        .isPresent();
  }

  /**
   * Whether what was done has failed: nobody migrates, the migration is not through, no act is of
   * unknown outcome, and something that is proven wants an act.
   */
  private static boolean cameToNothing(State state) {
    boolean still =
        switch (MigrationState.of(state.snapshot()).kind()) {
          case IDLE, ROLLED_BACK, DIRTY, EMPTY -> true;
          case WAITING, IN_FLIGHT, BLOCKED, COMMITTED, WRONG_DATABASE, UNKNOWN -> false;
        };
    return still
        && state.progress().open().isEmpty()
        && Diagnosis.of(state.snapshot(), state.knowledge()).stream()
            .anyMatch(
                finding ->
                    finding.urgency() == Finding.Urgency.ACT
                        && finding.certainty() == Certainty.PROVEN);
  }

  /** What comes after a decision and was done or observed under it, the last one first. */
  private static List<Step> resting(State state, Step decision) {
    List<Step> steps =
        new ArrayList<>(
            state.applicable().stream()
                .dropWhile(each -> !each.id().equals(decision.id()))
                .skip(1)
                .filter(each -> each.action().isPresent() || !each.after().isEmpty())
                .filter(each -> state.progress().status(each.id()) != StepStatus.OPEN)
                .toList());
    Collections.reverse(steps);
    return steps;
  }

  /**
   * Whether the step itself can be taken up again. An act of which nobody knows whether it was done
   * is settled by looking first; one that somebody undid, or that has to be done once more because
   * what it ended came back, is proposed anew.
   */
  private static boolean again(State state, Step step) {
    return switch (state.progress().status(step.id())) {
      case SKIPPED, ACTED, UNKNOWN -> true;
      case DONE -> !step.after().isEmpty() && !Assessment.of(state, step).observed();
      case OPEN -> false;
    };
  }

  /** The first act after this step that was begun. */
  private static Optional<Step> acted(State state, Step step) {
    return state.applicable().stream()
        .dropWhile(each -> !each.id().equals(step.id()))
        .filter(each -> each.action().filter(action -> !action.changesNothing()).isPresent())
        .filter(each -> begun(state, each))
        .findFirst();
  }

  /** What was found to be so already was not done under any decision. */
  private static boolean begun(State state, Step step) {
    return switch (state.progress().status(step.id())) {
      case OPEN, SKIPPED -> false;
      case ACTED, UNKNOWN -> true;
      case DONE -> state.progress().outcome(step.id()).isPresent();
    };
  }

  private static List<String> words(Step step) {
    return Stream.concat(
            step.questions().stream().map(Step.Question::word),
            step.choice().stream().map(Step.Choice::word))
        .toList();
  }
}
