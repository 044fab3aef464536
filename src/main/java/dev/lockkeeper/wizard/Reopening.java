package dev.lockkeeper.wizard;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Taking back: an answer, a decision, or that a step was left out. What was done in the cluster is
 * not taken back by this, so a decision stands as soon as an act rests on it.
 */
final class Reopening {
  private Reopening() {}

  static Next of(State state) {
    Step step = state.step();
    List<String> words = words(step);
    boolean leftOut = state.progress().status(step.id()) == StepStatus.SKIPPED;
    if (words.isEmpty() && !leftOut) {
      return says(state, "nothing was answered, decided or left out here");
    }
    if (state.pending().isPresent() || state.noting(step)) {
      return says(state, "wait: something is under way");
    }
    Optional<Step> resting = step.choice().flatMap(choice -> acted(state, step));
    return resting
        .map(act -> says(state, "too late: %s rests on it".formatted(act.id())))
        .orElseGet(() -> Observing.write(state, Entry.reopened(state.now(), step.id(), words)));
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
