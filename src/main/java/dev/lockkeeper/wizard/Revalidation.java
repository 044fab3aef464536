package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Proposal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.runbook.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An act, looked at once more under what is known now.
 *
 * @param plan how it would be done, if it still may be
 * @param against why it may not be; empty when it may
 */
record Revalidation(Optional<Plan> plan, String against) {
  static Revalidation of(State state, Step step) {
    Optional<Assessment.Guarded> hindrance = Assessment.of(state, step).hindrance();
    if (hindrance.isPresent()) {
      return new Revalidation(Optional.empty(), Walking.hindered(hindrance.get()));
    }
    Proposal proposal = step.action().orElseThrow().propose(state.snapshot(), state.knowledge());
    return new Revalidation(proposal.plan(), proposal.reason());
  }

  /** Why this request, which was confirmed, must not be sent now; empty when nothing is against. */
  Optional<String> against(Request request) {
    return plan.isEmpty()
        ? Optional.of(against)
        : plan.map(Plan::request)
            .filter(now -> !request.covers(now))
            .map(now -> "it would now be: " + told(now.summary(), request.differences(now)));
  }

  /** Two acts may be about two things and have one summary. */
  static String told(String summary, List<String> differences) {
    return String.join("; ", Stream.concat(Stream.of(summary), differences.stream()).toList());
  }
}
