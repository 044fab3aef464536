package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Proposal;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.runbook.Step;
import java.util.Optional;

/**
 * What comes next on the main screen: what Enter would do now, or what has to happen first.
 *
 * @param brief what Enter does, in one to three words
 * @param sentence the same for somebody who is tired
 * @param blocked whether Enter would only say what it waits for
 */
public record NextAction(String brief, String sentence, boolean blocked) {
  /** What is ahead in this state; it follows the same order as Enter itself. */
  public static NextAction of(State state) {
    Step step = state.step();
    Optional<PanelId> hiding = state.panel().filter(panel -> panel != PanelId.RUN);
    if (hiding.isPresent()) {
      return waits("esc first", Obstacles.first(state, hiding.get()));
    }
    if (state.pending().isPresent()) {
      return waits("wait", "sent; waiting for the answer");
    }
    if (state.finished() && state.progress().owes()) {
      return does("settle", Walking.debts(state) + "; enter says why it stays so");
    }
    if (state.finished()) {
      return waits("all done", Walking.debts(state) + "; q leaves");
    }
    if (state.panel().isPresent()) {
      return does(
          state.progress().over().isEmpty() ? "begin" : "close",
          "enter shows step %s %s; nothing is done by it".formatted(step.id(), step.title()));
    }
    if (state.progress().finished(step.id())) {
      return does("next step", "this step is over: enter goes on to the next one");
    }
    return Walking.earlierAct(state, step)
        .map(
            first ->
                waits(
                    "waits for " + first.id(),
                    "first " + first.id() + " " + first.title() + ": b goes back"))
        .orElseGet(() -> open(state, step));
  }

  private static NextAction open(State state, Step step) {
    if (Assessment.begun(state, step).isPresent()) {
      return does("go on", "it was started already, nothing is left to do: enter goes on");
    }
    Optional<Integer> unanswered = Walking.unanswered(state, step);
    if (unanswered.isPresent()) {
      int left = step.questions().size() - unanswered.get();
      return does("answer", "enter: answer " + (left == 1 ? "1 question" : left + " questions"));
    }
    if (step.choice().isPresent()
        && state.snapshot().run().chosen(step.choice().get().word()).isEmpty()) {
      String choose = "enter: choose one of " + step.choice().get().options().size();
      return does(
          "choose",
          Reopen.dueAgain(state)
              .map(
                  again ->
                      "%s %s is due again: b goes back, r repeats it; or %s"
                          .formatted(again.id(), again.title(), choose))
              .orElse(choose));
    }
    Assessment assessment = Assessment.of(state, step);
    if (assessment.observed() && step.action().isPresent()) {
      return does("go on", "already seen, enter goes on: " + assessment.evidence());
    }
    return Walking.hindrance(state, step, assessment)
        .map(guarded -> lapsed(state).orElseGet(() -> stopped(guarded)))
        .orElseGet(() -> unhindered(state, step, assessment));
  }

  /** What is to be done once more before anything that rests on it. */
  private static Optional<NextAction> lapsed(State state) {
    return Lapsed.of(state).stream()
        .findFirst()
        .map(
            step ->
                waits(
                    "check not passed",
                    "%s %s is no longer in effect: b goes back, r repeats it"
                        .formatted(step.id(), step.title())));
  }

  private static NextAction stopped(Assessment.Guarded guarded) {
    String question = guarded.guard().check().question();
    String way =
        switch (guarded.guard().strength()) {
          case MUST -> "; it must pass first";
          case MUST_IF_KNOWN ->
              guarded.canBeWaived() ? "; w waives it, with a reason" : "; it must pass first";
          case SHOULD -> "; w waives it, with a reason";
          case FIGURE ->
              "; w waives it, with "
                  + guarded
                      .guard()
                      .figure(guarded.verdict())
                      .map(figure -> "the number typed")
                      .orElse("a reason");
        };
    String obstacle =
        switch (guarded.verdict().answer()) {
          case PASS -> "";
          case FAIL -> "not so yet: ";
          case UNKNOWN -> "not known: ";
        };
    return waits("check not passed", obstacle + question + way);
  }

  private static NextAction unhindered(State state, Step step, Assessment assessment) {
    Optional<Proposal> due = DueAct.of(state, step);
    if (due.isPresent() && state.setting().policy().readOnly()) {
      return waits("read-only", Walking.READ_ONLY);
    }
    if (due.isPresent()) {
      return due.get().plan().isPresent()
          ? does("show plan", "enter shows the plan; nothing is done without a further question")
          : waits("not now", "nothing to do now: " + due.get().reason());
    }
    return assessment
        .missing()
        .map(
            missing ->
                waits(
                    "look again",
                    "waiting for: %s - %s"
                        .formatted(missing.check().question(), missing.verdict().evidence())))
        .orElseGet(() -> does("go on", "enter: I have read this, go on"));
  }

  private static NextAction does(String brief, String sentence) {
    return new NextAction(brief, sentence, false);
  }

  private static NextAction waits(String brief, String sentence) {
    return new NextAction(brief, sentence, true);
  }
}
