package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.Origin;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Replicas of more than one version at the same time. */
final class MixedVersions {
  private MixedVersions() {}

  /** A pod whose image does not come, or that was evicted long ago, is no version that runs. */
  private static boolean hasRun(Pod pod) {
    return !pod.over() && (pod.startedAt().isPresent() || pod.last().isPresent());
  }

  static List<Finding> find(RuleInput sight) {
    Map<String, List<Pod>> versions =
        sight.pods().stream()
            .filter(pod -> !pod.terminating() && hasRun(pod))
            .collect(Collectors.groupingBy(Origin::version, TreeMap::new, Collectors.toList()));
    if (versions.size() < 2) {
      return List.of();
    }
    List<String> evidence =
        versions.entrySet().stream()
            .map(
                each ->
                    "%s: %s"
                        .formatted(
                            each.getKey(),
                            each.getValue().stream()
                                .map(Pod::name)
                                .collect(Collectors.joining(", "))))
            .toList();
    return List.of(
        Finding.proven(
            Kind.MIXED_VERSIONS,
            Urgency.BEWARE,
            "%d versions run side by side: %s"
                .formatted(versions.size(), String.join(", ", versions.keySet())),
            sight.inCluster(evidence),
            advice(sight, versions.keySet()),
            "bring back old replicas once it has migrated: they would run on tables that they do"
                + " not know."));
  }

  /**
   * Scaling down would end a pod that migrates: while somebody does, what is found about that says
   * what to do. One that runs and is not Ready may be it. Where nothing is left to migrate, it
   * would only end those that serve.
   */
  private static Advice advice(RuleInput sight, Set<String> versions) {
    if (sight.migration().kind() == MigrationState.Kind.COMMITTED) {
      return Advice.findOut(
          "The new version has migrated: see that the rollout takes the old pods away.",
          Steps.WATCH);
    }
    if (sight.migration().underWay()) {
      return Advice.findOut(
          "See to the migration first; the old pods go when it has committed.", Steps.WATCH);
    }
    if (versions.stream()
        .noneMatch(each -> CoderVersion.parse(each).filter(sight::hasToMigrate).isPresent())) {
      return Advice.findOut(
          "Find out why they run side by side: no version here is seen to have a migration left.",
          Steps.WATCH);
    }
    String scale = "cale to zero before the new version migrates; then only one version runs.";
    return sight.pods().stream().anyMatch(pod -> !pod.ready() && pod.startedAt().isPresent())
        ? Advice.findOut(
            "See first whether a pod migrates that is not Ready. If none does, s" + scale,
            Steps.SCALE_DOWN)
        : Advice.act("S" + scale, Steps.SCALE_DOWN);
  }
}
