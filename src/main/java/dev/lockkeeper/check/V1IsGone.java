package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Spoken;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Snapshot;

/** After an uninstall, neither the Deployment nor a pod of it is left (C60). */
public record V1IsGone() implements Check {
  @Override
  public String question() {
    return "the deployment and its pods are gone";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .freshCluster()
        .map(V1IsGone::judged)
        .orElseGet(() -> Verdict.unknown("the cluster cannot be read"));
  }

  private static Verdict judged(Cluster seen) {
    return Verdict.of(
        seen.deployment().isEmpty() && seen.pods().isEmpty(),
        "%s, %s left"
            .formatted(
                seen.deployment().map(each -> each.name() + " is there").orElse("no deployment"),
                Spoken.count(seen.pods().size(), "pod")));
  }
}
