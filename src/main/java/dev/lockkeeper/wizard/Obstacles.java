package dev.lockkeeper.wizard;

import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.runbook.Step;
import java.util.List;
import java.util.Optional;

/** Why a key would do nothing on the main screen now, in the words that are said then. */
final class Obstacles {
  private Obstacles() {}

  /** Why this one would do nothing now; who sees a panel does not see what is the step's. */
  static Optional<String> against(Binding binding, State state) {
    return state
        .panel()
        .filter(panel -> isForTheStep(binding.intent()))
        .filter(panel -> panel != PanelId.RUN || binding.intent() != Intent.RUN)
        .map(panel -> hidden(state, panel))
        .or(() -> binding.obstacle().apply(state));
  }

  private static boolean isForTheStep(Intent intent) {
    return switch (intent) {
      case RUN, NEXT_STEP, PREVIOUS_STEP, WAIVE, SKIP, AGAIN, COPY, KEEP -> true;
      case CURRENT_STEP,
          SCROLL_DOWN,
          SCROLL_UP,
          PANEL_PODS,
          PANEL_EVENTS,
          PANEL_LOCKS,
          PANEL_MIGRATION,
          PANEL_FINDINGS,
          PANEL_CHECKS,
          PANEL_RUN,
          BACK,
          HELP,
          LEAVE,
          SUSPEND,
          INTERRUPT ->
          false;
    };
  }

  /** Who sees a panel in the step's place does not see what Enter would be about. */
  static Optional<String> running(State state) {
    return state
        .panel()
        .filter(panel -> panel != PanelId.RUN)
        .map(panel -> hidden(state, panel))
        .or(() -> waiting(state));
  }

  /** What is said of a key of the step while a panel hides it. */
  static String hidden(State state, PanelId panel) {
    return "%s in front of step %s: esc closes, then this key is for the step"
        .formatted(title(panel), state.cursor());
  }

  /** What comes next while a panel hides the step. */
  static String first(State state, PanelId panel) {
    return "%s in front of step %s: esc closes, then enter is for the step"
        .formatted(title(panel), state.cursor());
  }

  private static String title(PanelId panel) {
    return switch (panel) {
      case PODS -> "the pods panel stands";
      case EVENTS -> "the events panel stands";
      case LOCKS -> "the locks panel stands";
      case MIGRATION -> "the migration panel stands";
      case FINDINGS -> "the findings stand";
      case CHECKS -> "the checks stand";
      case RUN -> "what is told of this run stands";
    };
  }

  private static Optional<String> waiting(State state) {
    if (state.pending().isPresent()) {
      return Optional.of("wait: " + state.pending().get().request().summary());
    }
    if (state.noting(state.step())) {
      return Optional.of("wait: it is being written to the journal");
    }
    return said(state.finished() && !state.progress().owes(), "every step is over: q leaves")
        .or(() -> said(begunJustNow(state), "too soon: read the step, then press enter"));
  }

  /** Enter pressed twice on the first screen is not for the step that nobody has read yet. */
  private static boolean begunJustNow(State state) {
    return state
        .notice()
        .filter(said -> said.text().equals(Walking.BEGUN))
        .filter(said -> state.now().isBefore(said.at().plus(Toast.TOO_SOON)))
        .isPresent();
  }

  static Optional<String> next(State state) {
    List<Step> steps = state.applicable();
    return said(steps.indexOf(state.step()) >= steps.size() - 1, "this is the last step");
  }

  static Optional<String> previous(State state) {
    return said(state.applicable().indexOf(state.step()) <= 0, "this is the first step");
  }

  static Optional<String> current(State state) {
    return state.finished()
        ? Optional.of("every step is over: none is the current one")
        : said(here(state), "this is the current step");
  }

  /** Whether the current step is on the screen. */
  static boolean here(State state) {
    return state.panel().isEmpty()
        && state.firstOpen().filter(step -> step.id().equals(state.cursor())).isPresent();
  }

  static Optional<String> waiving(State state) {
    if (Walking.waivable(state).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Assessment.of(state, state.step())
            .hindrance()
            .map(
                guarded ->
                    "this check must pass and cannot be waived: "
                        + guarded.guard().check().question())
            .orElse("nothing here needs to be waived"));
  }

  static Optional<String> skipping(State state) {
    boolean over = state.progress().finished(state.cursor()) || state.noting(state.step());
    return said(over || state.pending().isPresent(), "this step is over or in progress");
  }

  static Optional<String> commands(State state) {
    return said(StepCommands.of(state).isEmpty(), "this step has no command to take away now");
  }

  static Optional<String> up(State state) {
    return said(state.scroll() == 0, "this is the top");
  }

  static Optional<String> closing(State state) {
    return said(state.panel().isEmpty() && state.notice().isEmpty(), "nothing is open");
  }

  private static Optional<String> said(boolean so, String why) {
    return so ? Optional.of(why) : Optional.empty();
  }
}
