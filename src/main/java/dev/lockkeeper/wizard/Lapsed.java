package dev.lockkeeper.wizard;

import dev.lockkeeper.diagnosis.Advice;
import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was done and is so no more. That a step's checks no longer hold is not enough: replicas that
 * were scaled on are meant to differ from those that were scaled down to. A finding must prove that
 * it came to nothing, and name the step as its answer.
 */
public final class Lapsed {
  private Lapsed() {}

  /** Such acts, and what was observed after each before the next one, in their order. */
  public static List<Step> of(State state) {
    Set<String> named = named(state);
    List<Step> lapsed = new ArrayList<>();
    boolean within = false;
    for (Step step : named.isEmpty() ? List.<Step>of() : state.applicable()) {
      if (step.action().isPresent() || step.choice().isPresent()) {
        within = named.contains(state.runbook().name() + " " + step.id());
      }
      if (within && isOver(state, step)) {
        lapsed.add(step);
      }
    }
    return lapsed;
  }

  /** Whether this step is over and does not hold any more. */
  public static boolean is(State state, Step step) {
    return of(state).contains(step);
  }

  private static Set<String> named(State state) {
    return Diagnosis.of(state.snapshot(), state.knowledge()).stream()
        .filter(each -> each.urgency() == Finding.Urgency.ACT)
        .filter(each -> each.certainty() == Certainty.PROVEN)
        .map(Finding::advice)
        .filter(Advice::isAct)
        .map(Advice::answeredBy)
        .collect(Collectors.toSet());
  }

  private static boolean isOver(State state, Step step) {
    return state.progress().status(step.id()) == StepStatus.DONE
        && !step.after().isEmpty()
        && !Assessment.of(state, step).observed();
  }
}
