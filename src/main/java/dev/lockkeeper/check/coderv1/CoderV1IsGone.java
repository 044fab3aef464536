package dev.lockkeeper.check.coderv1;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ServiceAddress;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * After an uninstall, neither Deployment nor pods nor the Service with the public address are left
 * (C60).
 */
public record CoderV1IsGone() implements Check {
  @Override
  public String word() {
    return "v1-is-gone";
  }

  @Override
  public String question() {
    return "the deployment, its pods and web-ingress are gone";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .freshCluster()
        .map(seen -> judged(seen, snapshot))
        .orElseGet(() -> Verdict.unknown("the cluster cannot be read"));
  }

  private static Verdict judged(Cluster seen, Snapshot snapshot) {
    Optional<List<ServiceAddress>> services = FreshFacts.read(seen.helm().services(), snapshot);
    Optional<ServiceAddress> ingress =
        services.stream()
            .flatMap(List::stream)
            .filter(each -> each.name().equals(CoderV1Chart.INGRESS))
            .findFirst();
    if (ingress.isPresent()) {
      return Verdict.fail(ingress.get().spoken() + " is there");
    }
    boolean gone = seen.deployment().isEmpty() && seen.pods().isEmpty();
    if (gone && services.isEmpty()) {
      return Verdict.unknown(
          "deployment and pods are; web-ingress is not known: "
              + FreshFacts.why(seen.helm().services()));
    }
    return Verdict.of(
        gone,
        "%s, %s left, no web-ingress"
            .formatted(
                seen.deployment().map(each -> each.name() + " is there").orElse("no deployment"),
                Durations.count(seen.pods().size(), "pod")));
  }
}
