package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.LivenessProbe;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** coderd has no liveness probe (C25). */
public record ProbeIsOut() implements Check {
  @Override
  public String word() {
    return "probe-is-out";
  }

  @Override
  public String question() {
    return "coderd has no liveness probe";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    return LivenessProbe.of(deployment.get())
        .map(probe -> Verdict.fail("on: " + probe.arithmetic()))
        .orElseGet(() -> Verdict.pass("the deployment has none"));
  }
}
