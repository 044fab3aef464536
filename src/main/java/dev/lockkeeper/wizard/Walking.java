package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Proposal;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the keys of the main screen do. */
final class Walking {
  /** Why an act is not offered where nothing may be changed. */
  static final String READ_ONLY =
      "read-only: nothing is changed from here; somebody who may can run the command on the screen";

  /** Said when the first screen gives way to a step that nobody has read yet. */
  static final String BEGUN = "this is the step to read: enter is for it from now on";

  private Walking() {}

  static Next follow(State state, Intent intent) {
    return switch (intent) {
      case RUN -> run(state);
      case NEXT_STEP -> Next.of(move(state, 1));
      case PREVIOUS_STEP -> Next.of(move(state, -1));
      case CURRENT_STEP -> Next.of(current(state));
      case WAIVE -> Next.of(waive(state));
      case SKIP -> Next.of(skip(state));
      case AGAIN -> Reopen.of(state);
      case SCROLL_DOWN -> Next.of(state.scrolled(state.extent().page()));
      case SCROLL_UP -> Next.of(state.scrolled(-state.extent().page()));
      case PANEL_PODS -> Next.of(toggle(state, PanelId.PODS));
      case PANEL_EVENTS -> Next.of(toggle(state, PanelId.EVENTS));
      case PANEL_LOCKS -> Next.of(toggle(state, PanelId.LOCKS));
      case PANEL_MIGRATION -> Next.of(toggle(state, PanelId.MIGRATION));
      case PANEL_FINDINGS -> Next.of(toggle(state, PanelId.FINDINGS));
      case PANEL_CHECKS -> Next.of(toggle(state, PanelId.CHECKS));
      case PANEL_RUN -> Next.of(toggle(state, PanelId.RUN));
      case COPY -> taken(state, StepCommands::copy);
      case KEEP -> taken(state, StepCommands::keep);
      case BACK -> Next.of(state.opening(Optional.empty()).noticing(Optional.empty()));
      case HELP -> Next.of(state.asking(new Dialog.Help(Binding.Place.WALK)));
      case SUSPEND -> Next.of(state);
      case INTERRUPT -> Next.of(interrupted(state));
      case LEAVE -> Next.of(state.asking(new Dialog.Leave(false, Optional.empty())));
    };
  }

  /** Says what is owed before a second Ctrl-C leaves; what was said last is said on. */
  static State interrupted(State state) {
    Dialog leave = new Dialog.Leave(false, Optional.of(state.now()));
    return state.asking(leave).noticing(state.notice());
  }

  private static Next taken(State state, Function<StepCommands, Effect> way) {
    return StepCommands.of(state)
        .map(commands -> Next.of(state, way.apply(commands)))
        .orElse(Next.of(state));
  }

  private static State toggle(State state, PanelId panel) {
    return state.opening(
        state.panel().filter(panel::equals).isPresent() ? Optional.empty() : Optional.of(panel));
  }

  private static State move(State state, int by) {
    List<Step> steps = state.applicable();
    int index = steps.indexOf(state.step()) + by;
    return index < 0 || index >= steps.size()
        ? state
        : state.at(steps.get(index).id()).noticing(Optional.empty());
  }

  private static State current(State state) {
    State bare = state.opening(Optional.empty()).noticing(Optional.empty());
    return bare.firstOpen().map(step -> bare.at(step.id())).orElse(bare);
  }

  /** What Enter does: the next thing that this step asks for. */
  static Next run(State state) {
    Step step = state.step();
    if (state.panel().filter(PanelId.RUN::equals).isPresent()) {
      State bare = state.opening(Optional.empty());
      boolean begins = state.progress().over().isEmpty() && !state.acted();
      return Next.of(begins ? bare.saying(Toast.Tone.PLAIN, BEGUN) : bare);
    }
    if (state.finished() && state.progress().owes()) {
      Debt first = state.progress().debts().get(0);
      return Next.of(state.asking(new Dialog.Forgive(first, TypedLine.EMPTY, "")));
    }
    if (state.progress().finished(step.id())) {
      return Next.of(Advance.onward(state));
    }
    Optional<Step> earlier = earlierAct(state, step);
    if (earlier.isPresent()) {
      return Next.of(
          state.saying(
              Toast.Tone.WARN,
              "first %s %s: it is not over".formatted(earlier.get().id(), earlier.get().title())));
    }
    return begin(state, step);
  }

  static Next begin(State state, Step step) {
    Assessment assessment = Assessment.of(state, step);
    if (Assessment.begun(state, step).isPresent()) {
      return Observing.complete(state, step, "already so: " + assessment.evidence());
    }
    Optional<Integer> unanswered = unanswered(state, step);
    if (unanswered.isPresent()) {
      return Next.of(state.asking(Dialog.Ask.put(state, step, unanswered.get())));
    }
    if (step.choice().isPresent()
        && state.snapshot().run().chosen(step.choice().get().word()).isEmpty()) {
      return Next.of(state.asking(new Dialog.Choose(step, Dialog.Choose.NONE, "")));
    }
    if (assessment.observed() && step.action().isPresent()) {
      return Observing.complete(state, step, "already seen: " + assessment.evidence());
    }
    Optional<Proposal> due = DueAct.of(state, step);
    Optional<Assessment.Guarded> hindrance = hindrance(state, step, assessment);
    if (hindrance.isPresent()) {
      return Next.of(state.saying(Toast.Tone.WARN, hindered(hindrance.get())));
    }
    if (due.isPresent() && state.setting().policy().readOnly()) {
      return Next.of(state.saying(Toast.Tone.PLAIN, READ_ONLY));
    }
    return due.map(proposal -> propose(state, step, proposal))
        .orElseGet(() -> await(state, step, assessment));
  }

  private static Next await(State state, Step step, Assessment assessment) {
    return assessment
        .missing()
        .map(
            missing ->
                Next.of(state.saying(Toast.Tone.PLAIN, "not yet: " + missing.verdict().evidence())))
        .orElseGet(() -> Observing.complete(state, step, seen(state, step, assessment)));
  }

  private static String seen(Assessment assessment) {
    return assessment.after().isEmpty() ? "read" : assessment.evidence();
  }

  /** What was said or decided, in one line for the journal. */
  private static String seen(State state, Step step, Assessment assessment) {
    if (!step.questions().isEmpty() && step.after().isEmpty()) {
      return "answered";
    }
    return step.choice()
        .flatMap(choice -> state.snapshot().run().chosen(choice.word()))
        .map("chosen: "::concat)
        .orElseGet(() -> seen(assessment));
  }

  /** Puts the question whether the act shall be done, as it would be done now. */
  private static Next propose(State state, Step step, Proposal proposal) {
    return proposal
        .plan()
        .map(plan -> question(state, step, plan, ""))
        .orElseGet(() -> Next.of(state.saying(Toast.Tone.WARN, proposal.reason())));
  }

  /** Puts the question, and asks the server what it would do. */
  static Next question(State state, Step step, Plan plan, String changed) {
    boolean second =
        plan.request().kind().takesSecondLook()
            && plan.risk() == Risk.IRREVERSIBLE
            && state.setting().policy().secondLook();
    Dialog.Confirm.Look look = new Dialog.Confirm.Look(second, Optional.empty());
    List<Effect> effects = new ArrayList<>(List.of(new Effect.Rehearse(plan.request())));
    if (second) {
      effects.add(new Effect.AskLook(Optional.of(plan)));
    }
    return new Next(
        state.asking(Dialog.Confirm.put(step, plan, state.now(), look, changed)), effects);
  }

  /**
   * What is to be over first. An act may not overtake any step before it, and nothing that waits
   * for what acts bring about may overtake one of these.
   */
  static Optional<Step> earlierAct(State state, Step step) {
    boolean acts = step.action().isPresent();
    boolean waits = !step.after().isEmpty();
    return state.applicable().stream()
        .takeWhile(before -> !before.id().equals(step.id()))
        .filter(before -> !state.progress().finished(before.id()))
        .filter(before -> acts || waits && before.action().isPresent())
        .findFirst();
  }

  static Optional<Integer> unanswered(State state, Step step) {
    for (int i = 0; i < step.questions().size(); i++) {
      Step.Question question = step.questions().get(i);
      if (state.snapshot().run().said(question.word()).isEmpty() && state.asks(question)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /**
   * What stands in the step's way. What must hold before an act is of no matter once the act was
   * done and is not due again: then only what it brings about is waited for.
   */
  static Optional<Assessment.Guarded> hindrance(State state, Step step, Assessment assessment) {
    boolean acted = state.progress().status(step.id()) == StepStatus.ACTED;
    return acted && DueAct.of(state, step).isEmpty() ? Optional.empty() : assessment.hindrance();
  }

  static String hindered(Assessment.Guarded guarded) {
    String why = Observing.sentence(guarded.guard().check().question(), guarded.verdict());
    return guarded.canBeWaived() ? why + " - w waives it" : why;
  }

  /** What the step on the screen could be gone on without. */
  static Optional<Guard> waivable(State state) {
    return Assessment.of(state, state.step()).before().stream()
        .filter(guarded -> !guarded.holds() && guarded.canBeWaived())
        .map(Assessment.Guarded::guard)
        .findFirst();
  }

  private static State waive(State state) {
    return state.asking(new Dialog.Reason(state.step(), waivable(state), TypedLine.EMPTY, ""));
  }

  private static State skip(State state) {
    return state.asking(new Dialog.Reason(state.step(), Optional.empty(), TypedLine.EMPTY, ""));
  }

  static String debts(State state) {
    return state.progress().debts().isEmpty()
        ? "nothing is owed"
        : "owed: "
            + String.join(
                "; ", state.progress().debts().stream().map(debt -> debt.text()).toList());
  }

  static String sentence(Outcome outcome) {
    return switch (outcome.result()) {
      case DONE -> "done: " + outcome.detail();
      case REFUSED -> "refused, nothing was changed: " + outcome.detail();
      case UNKNOWN -> "nobody knows whether it was done: " + outcome.detail();
    };
  }
}
