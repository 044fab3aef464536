package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.journal.Entry;
import java.util.List;
import java.util.Optional;

/**
 * What a person could type in the place of a step's act, to be taken away.
 *
 * @param step the step's id
 * @param command what the act would do, or did last
 * @param undo what takes it back; empty where nothing does, or it was done already
 */
record StepCommands(String step, String command, Optional<String> undo) {
  /** Those of the step on the screen; empty where it has none now. */
  static Optional<StepCommands> of(State state) {
    return DueAct.plan(state, state.step())
        .map(plan -> of(state.cursor(), plan))
        .or(() -> sent(state));
  }

  /** Those of a question about an act. */
  static StepCommands of(Dialog.Confirm asked) {
    return of(asked.step().id(), asked.plan());
  }

  private static StepCommands of(String step, Plan plan) {
    boolean typed = plan.risk() != Risk.IRREVERSIBLE && !plan.undo().startsWith("none");
    return new StepCommands(
        step, plan.request().command(), typed ? Optional.of(plan.undo()) : Optional.empty());
  }

  private static Optional<StepCommands> sent(State state) {
    return state.progress().open().or(() -> state.progress().last()).stream()
        .filter(entry -> entry.step().equals(state.cursor()))
        .map(entry -> entry.value(Entry.COMMAND))
        .filter(command -> !command.isEmpty())
        .map(command -> new StepCommands(state.cursor(), command, Optional.empty()))
        .findFirst();
  }

  /** The command alone, to the clipboard. */
  Effect copy() {
    return new Effect.Copy(command);
  }

  /** All of it, to a file. */
  Effect keep() {
    String begin = "# step " + step + "\n" + command;
    return new Effect.Keep(
        "commands-" + step,
        String.join(
            "\n",
            undo.map(back -> List.of(begin, "", "# takes it back:", back)).orElse(List.of(begin))));
  }
}
