package dev.lockkeeper.check.migration;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Snapshot;

/** At least one pod is Ready, and every Ready pod is healthy and serves the Deployment's image. */
public record ImageIsServed() implements Check {
  @Override
  public String word() {
    return "image-is-served";
  }

  @Override
  public String question() {
    return "Ready pods serve the deployment's image";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .freshCluster()
        .flatMap(Cluster::deployment)
        .flatMap(seen -> CoderVersion.ofImage(seen.image()))
        .map(version -> TargetIsServed.serving(snapshot, version))
        .orElseGet(() -> Verdict.unknown("the deployment's image names no version"));
  }
}
