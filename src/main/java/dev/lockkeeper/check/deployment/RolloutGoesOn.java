package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Paused;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.Optional;

/** The rollout is not paused: what the Deployment names is what starts. */
public record RolloutGoesOn() implements Check {
  @Override
  public String word() {
    return "rollout-goes-on";
  }

  @Override
  public String question() {
    return "the rollout is not paused";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    if (!deployment.get().rollout().paused()) {
      int ready = deployment.get().rollout().minReadySeconds();
      return Verdict.pass(
          "spec.paused is not set"
              + (ready == 0
                  ? ""
                  : "; a pod counts as available %s after it is Ready (minReadySeconds)"
                      .formatted(Durations.of(Duration.ofSeconds(ready)))));
    }
    return Verdict.fail(
        Paused.otherImage(cluster.get())
            .map(image -> "spec.paused is true: a pod that starts now has the image " + image)
            .orElse("spec.paused is true: a change of the image starts no pod"));
  }
}
