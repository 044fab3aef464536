package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Deployment.Condition;
import java.util.List;

/** A rollout that Kubernetes has called late; it does nothing about it but say so. */
final class StandsStill {
  private static final String LATE = "ProgressDeadlineExceeded";

  private StandsStill() {}

  static List<Finding> find(RuleInput sight) {
    return sight.deployment().stream()
        .filter(it -> it.replicas() > 0 && it.status().readyReplicas() < it.replicas())
        .flatMap(it -> it.condition("Progressing").stream())
        .filter(each -> each.reason().equals(LATE))
        .map(each -> finding(sight, each))
        .toList();
  }

  private static Finding finding(RuleInput sight, Condition late) {
    int seconds = sight.deployment().orElseThrow().rollout().progressDeadlineSeconds();
    boolean migrates = sight.migration().underWay();
    return Finding.proven(
        Kind.ROLLOUT_STANDS_STILL,
        migrates ? Urgency.KNOW : Urgency.BEWARE,
        "The rollout has not moved for more than %d s".formatted(seconds),
        List.of(
            sight.inCluster(late.reason() + ": " + late.message()),
            sight.inDatabase(sight.migration().headline())),
        Advice.findOut(
            migrates
                ? "Nothing: a migration that takes longer looks the same, and the deadline ends"
                    + " nothing."
                : "Look what the pods say: the deadline ends nothing and starts nothing."),
        "");
  }
}
