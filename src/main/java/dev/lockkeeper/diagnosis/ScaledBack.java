package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Scaler;
import java.util.List;
import java.util.Optional;

/** Something that would bring replicas back while they are held down. */
final class ScaledBack {
  private ScaledBack() {}

  static List<Finding> find(Sight sight) {
    List<Scaler> scalers =
        sight.cluster().map(Cluster::scalers).flatMap(seen -> seen.value()).orElse(List.of());
    Optional<Deployment> deployment = sight.deployment();
    if (scalers.isEmpty() || deployment.isEmpty()) {
      return List.of();
    }
    boolean held =
        sight.snapshot().run().replicas().filter(n -> deployment.get().replicas() < n).isPresent()
            || sight.migration().underWay();
    Scaler first = scalers.get(0);
    return List.of(
        Finding.proven(
            Kind.SCALED_BACK,
            held ? Urgency.BEWARE : Urgency.KNOW,
            "%s %s may change the replicas back%s"
                .formatted(first.kind(), first.name(), held ? " at any moment" : ""),
            sight.inCluster(
                scalers.stream()
                    .map(each -> "%s %s: %s".formatted(each.kind(), each.name(), each.evidence()))
                    .toList()),
            Advice.act(
                "Pause it for the upgrade, and note that it has to be resumed.", Steps.SCALERS),
            "rely on zero: an HPA stays off at zero, but puts one replica back to its"
                + " minimum, and GitOps puts back what its repository says."));
  }
}
