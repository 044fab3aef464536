package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.LivenessProbe;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The liveness probe is as it was before the run (C25, C26). */
public record ProbeIsBack() implements Check {
  @Override
  public String word() {
    return "probe-is-back";
  }

  @Override
  public String question() {
    return "the liveness probe is as it was before";
  }

  @Override
  public Optional<String> repays() {
    return Optional.of(RunFacts.LIVENESS_PROBE);
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    Optional<String> before = LivenessProbe.before(snapshot.run(), deployment.get());
    if (before.isEmpty() && deployment.get().livenessProbe().isEmpty()) {
      return Verdict.pass("there was none when this run began, and there is none");
    }
    if (before.isEmpty()) {
      return Verdict.unknown("no liveness probe is remembered from before this run");
    }
    Optional<String> live = deployment.get().livenessProbe();
    if (live.isEmpty()) {
      return Verdict.fail("the deployment has none");
    }
    String arithmetic = LivenessProbe.of(live.get(), deployment.get()).arithmetic();
    return LivenessProbe.same(live.get(), before.get())
        ? Verdict.pass("back: " + arithmetic)
        : Verdict.fail("not the original one: " + arithmetic);
  }
}
