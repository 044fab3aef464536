package dev.lockkeeper.wizard;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Taking back: an answer, a decision, that a step was left out, or that its act was the last one.
 * What was done is not taken back by this, so a decision stands as soon as an act rests on it.
 */
final class Reopening {
  private Reopening() {}

  static Next of(State state) {
    Step step = state.step();
    List<String> words = words(step);
    if (words.isEmpty() && !again(state, step)) {
      return says(state, "nothing was answered, decided, done or left out here");
    }
    if (state.pending().isPresent() || state.noting(step)) {
      return says(state, "wait: something is under way");
    }
    Optional<Step> resting = step.choice().flatMap(choice -> acted(state, step));
    return resting
        .map(act -> says(state, "too late: %s rests on it".formatted(act.id())))
        .orElseGet(() -> Observing.write(state, Entry.reopened(state.now(), step.id(), words)));
  }

  /**
   * Whether the step itself can be taken up again. An act of which nobody knows whether it was done
   * is settled by looking first; one that somebody undid, or that has to be done once more because
   * what it ended came back, is proposed anew.
   */
  private static boolean again(State state, Step step) {
    return switch (state.progress().status(step.id())) {
      case SKIPPED, ACTED, UNKNOWN -> true;
      case DONE -> step.action().isPresent() && !Assessment.of(state, step).observed();
      case OPEN -> false;
    };
  }

  /** The first act after this step that was begun. */
  private static Optional<Step> acted(State state, Step step) {
    return state.applicable().stream()
        .dropWhile(each -> !each.id().equals(step.id()))
        .filter(each -> each.action().isPresent())
        .filter(each -> begun(state.progress().status(each.id())))
        .findFirst();
  }

  private static boolean begun(StepStatus status) {
    return switch (status) {
      case OPEN, SKIPPED -> false;
      case ACTED, UNKNOWN, DONE -> true;
    };
  }

  private static List<String> words(Step step) {
    return Stream.concat(
            step.questions().stream().map(Step.Question::word),
            step.choice().stream().map(Step.Choice::word))
        .toList();
  }

  private static Next says(State state, String text) {
    return Next.of(state.saying(Notice.Tone.PLAIN, text));
  }
}
