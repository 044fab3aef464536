package dev.lockkeeper.e2e;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The way that orders lead through a bundled runbook, read off the runbook itself, so that a step
 * that is added to it is expected without anybody's noting it here.
 *
 * @param taken the steps that are come to, in order
 * @param idle acts that find nothing to do in this world
 */
record Way(List<Step> taken, Set<Action> idle) {
  static Way of(String runbook, Orders orders, Action... idle) {
    return new Way(taken(RunbookFile.bundled(runbook), orders), Set.of(idle));
  }

  private static List<Step> taken(Runbook runbook, Orders orders) {
    Map<String, String> chosen = new HashMap<>();
    List<Step> taken = new ArrayList<>();
    for (Step step : runbook.steps().toList()) {
      if (step.when().filter(it -> !it.option().equals(chosen.get(it.choice()))).isEmpty()) {
        taken.add(step);
        step.choice()
            .ifPresent(
                choice ->
                    choice.options().stream()
                        .filter(option -> orders.wants(option.title()))
                        .forEach(option -> chosen.put(choice.word(), option.value())));
      }
    }
    return taken;
  }

  List<String> steps() {
    return taken.stream().map(Step::id).toList();
  }

  /** The steps whose acts are intended. */
  List<String> acts() {
    return acting().map(Step::id).toList();
  }

  /**
   * What these acts ask of the API server.
   *
   * @param writes what each of them asks of it; empty where it asks something else
   */
  List<String> writes(Map<Action, Optional<String>> writes) {
    return acting()
        .map(step -> step.action().orElseThrow())
        .flatMap(action -> said(writes, action).stream())
        .toList();
  }

  private static Optional<String> said(Map<Action, Optional<String>> writes, Action action) {
    return Optional.ofNullable(writes.get(action))
        .orElseThrow(() -> new AssertionError("nobody said what is written by " + action));
  }

  private Stream<Step> acting() {
    return taken.stream()
        .filter(step -> step.action().filter(action -> !idle.contains(action)).isPresent());
  }
}
