package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.ScalerObject;
import java.util.List;
import java.util.Optional;

/** Something that would bring replicas back while they are held down. */
final class ScaledBack {
  private static final String NOT_THIS =
      "rely on zero: an HPA does nothing at zero, but scales one replica up to its minimum, and"
          + " GitOps puts back what its repository says.";

  private ScaledBack() {}

  static List<Finding> find(RuleInput sight) {
    return ScaledAgain.find(sight).map(List::of).orElseGet(() -> mayCome(sight));
  }

  private static List<Finding> mayCome(RuleInput sight) {
    List<Scaler> acting =
        Scaler.acting(
            sight.cluster().map(Cluster::scalers).flatMap(seen -> seen.value()).orElse(List.of()));
    Optional<Deployment> deployment = sight.deployment();
    if (acting.isEmpty() || deployment.isEmpty()) {
      return List.of();
    }
    boolean resting =
        deployment.get().replicas() == 0
            && acting.stream().allMatch(each -> each.active().equals(Optional.of(false)));
    boolean down =
        sight.snapshot().run().replicas().filter(n -> deployment.get().replicas() < n).isPresent()
            || sight.migration().underWay();
    return List.of(finding(sight, acting, down && !resting, resting));
  }

  private static Finding finding(
      RuleInput sight, List<Scaler> acting, boolean soon, boolean resting) {
    Scaler first = acting.get(0);
    String headline =
        resting
            ? "%s %s does nothing at 0 replicas, and scales one replica up to its minimum"
                .formatted(first.kind(), first.name())
            : "%s %s may change the replicas back%s"
                .formatted(first.kind(), first.name(), soon ? " at any moment" : "");
    Urgency urgency = soon ? Urgency.BEWARE : Urgency.KNOW;
    List<Observation> evidence =
        sight.inCluster(
            acting.stream()
                .map(each -> "%s %s: %s".formatted(each.kind(), each.name(), each.evidence()))
                .toList());
    boolean told = acting.stream().noneMatch(ScaledBack::untold);
    Optional<ScalerObject> holdable =
        acting.stream().flatMap(each -> each.holdable().stream()).findFirst();
    return holdable
        .filter(any -> told)
        .map(
            object ->
                Finding.proven(
                    Kind.SCALED_BACK,
                    urgency,
                    headline,
                    evidence,
                    Advice.act(
                        "Pause it for the upgrade: %s.".formatted(way(object)), Steps.SCALERS),
                    NOT_THIS))
        .orElseGet(
            () ->
                Finding.likely(
                    Kind.SCALED_BACK,
                    urgency,
                    headline,
                    evidence,
                    List.of(
                        told
                            ? "one that is suspended already, or does not sync by itself"
                            : "one that its controller does not look at: it says nothing of"
                                + " ScalingActive"),
                    Advice.findOut(
                        "Look at it, and pause it for the upgrade yourself; note that it must not"
                            + " stay paused afterwards.",
                        Steps.SCALERS),
                    NOT_THIS));
  }

  /** Its controller writes this condition each time that it looks. */
  private static boolean untold(Scaler scaler) {
    return scaler.kind().equals(Scaler.HORIZONTAL) && scaler.active().isEmpty();
  }

  private static String way(ScalerObject object) {
    return switch (object.type()) {
      case AUTOSCALER -> "minReplicas and maxReplicas 1";
      case SCALED_OBJECT -> "the annotation autoscaling.keda.sh/paused";
      case APPLICATION -> "without its automated sync";
      case HELM_RELEASE, KUSTOMIZATION -> "spec.suspend";
    };
  }
}
