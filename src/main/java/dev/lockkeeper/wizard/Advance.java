package dev.lockkeeper.wizard;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Step;
import java.util.List;

/** Where it goes on when an answer was given or a step is over. */
final class Advance {
  private Advance() {}

  /** After an answer: the next question of the same step, or what comes after its questions. */
  static Next goOn(State state, Entry entry) {
    Step step = state.step();
    boolean here = entry.step().equals(step.id()) && state.dialog().isEmpty();
    if (!here || entry.kind() == Entry.Kind.WAIVED) {
      return Next.of(state);
    }
    return Walking.unanswered(state, step)
        .map(index -> Next.of(state.asking(Dialog.Ask.put(state, step, index))))
        .orElseGet(() -> step.action().isPresent() ? Next.of(state) : Walking.begin(state, step));
  }

  private static State over(State state) {
    return state.progress().owes()
        ? state.saying(Toast.Tone.WARN, "All steps are over, but not all was put back.")
        : state.saying(Toast.Tone.GOOD, "All steps are over.");
  }

  /**
   * After a step: say so, and go on when it was only read or left out, or when it was so already:
   * somebody has pressed Enter on it and need not press it twice.
   *
   * @param before where the step stood before it was over
   */
  static Next stepOver(State state, Entry entry, StepStatus before) {
    String done =
        entry.kind() == Entry.Kind.SKIPPED
            ? entry.step() + " left out"
            : "%s done: %s".formatted(entry.step(), entry.value(Entry.DETAIL));
    State told = state.saying(Toast.Tone.GOOD, done);
    if (told.finished()) {
      return Observing.finish(over(told));
    }
    boolean silent =
        told.runbook()
            .step(entry.step())
            .filter(
                step ->
                    step.after().isEmpty()
                        || entry.kind() == Entry.Kind.SKIPPED
                        || wasSoAlready(state, step, before))
            .isPresent();
    return Next.of(silent && told.cursor().equals(entry.step()) ? onward(told) : told);
  }

  /** Where nothing may be changed, an act's step is over by itself, and nobody pressed Enter. */
  private static boolean wasSoAlready(State state, Step step, StepStatus before) {
    return step.action().isPresent()
        && before == StepStatus.OPEN
        && !state.setting().policy().readOnly();
  }

  /** The next step that is not over, or the next one at all. */
  static State onward(State state) {
    List<Step> steps = state.applicable();
    int here = steps.indexOf(state.step());
    return steps.stream()
        .skip(here + 1L)
        .filter(step -> !state.progress().finished(step.id()))
        .findFirst()
        .or(state::firstOpen)
        .map(step -> state.at(step.id()))
        .orElse(state);
  }
}
