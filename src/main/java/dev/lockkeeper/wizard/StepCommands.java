package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.reading.StepInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person could type in the place of a step's act, to be taken away.
 *
 * @param step the step's id
 * @param command what the act would do, or did last
 * @param undo what takes it back; empty where nothing does, or it was done already
 */
record StepCommands(String step, String command, Optional<String> undo, List<String> byHand) {
  private static final String PROMPT = "$ ";

  /** Those of the step on the screen; empty where it has none now. */
  static Optional<StepCommands> of(State state) {
    return DueAct.plan(state, state.step())
        .map(plan -> of(state.cursor(), plan))
        .or(() -> sent(state))
        .map(commands -> commands.or(byHand(state)));
  }

  /** The commands of the way by hand, which the step shows folded. */
  private static List<String> byHand(State state) {
    return state.step().readings().contains(StepInfo.EVIDENCE)
        ? StepInfo.EVIDENCE.lines(state.snapshot(), state.knowledge()).stream()
            .filter(line -> line.startsWith(PROMPT))
            .map(line -> line.substring(PROMPT.length()))
            .toList()
        : List.of();
  }

  private StepCommands or(List<String> instead) {
    return new StepCommands(step, command, undo, instead);
  }

  /** Those of a question about an act. */
  static StepCommands of(Dialog.Confirm asked) {
    return of(asked.step().id(), asked.plan());
  }

  private static StepCommands of(String step, Plan plan) {
    boolean typed = plan.risk() != Risk.IRREVERSIBLE && !plan.undo().startsWith("none");
    return new StepCommands(
        step,
        plan.request().command(),
        typed ? Optional.of(plan.undo()) : Optional.empty(),
        List.of());
  }

  private static Optional<StepCommands> sent(State state) {
    return state.progress().open().or(() -> state.progress().last()).stream()
        .filter(entry -> entry.step().equals(state.cursor()))
        .map(entry -> entry.value(Entry.COMMAND))
        .filter(command -> !command.isEmpty())
        .map(command -> new StepCommands(state.cursor(), command, Optional.empty(), List.of()))
        .findFirst();
  }

  /** The command alone, to the clipboard. */
  Effect copy() {
    return new Effect.Copy(command);
  }

  /** All of it, to a file. */
  Effect keep() {
    List<String> lines = new ArrayList<>(List.of("# step " + step, command));
    undo.ifPresent(back -> lines.addAll(List.of("", "# takes it back:", back)));
    if (!byHand.isEmpty()) {
      lines.addAll(List.of("", "# by hand instead:"));
      lines.addAll(byHand);
    }
    return new Effect.Keep("commands-" + step, String.join("\n", lines));
  }
}
