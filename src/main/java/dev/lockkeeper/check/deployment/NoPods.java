package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** No pod is wanted and none is left; one that is Terminating still runs (C30). */
public record NoPods() implements Check {
  @Override
  public String word() {
    return "no-pods";
  }

  @Override
  public String question() {
    return "no pod of coderd is left";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    List<Pod> left = cluster.get().pods().stream().filter(NoPods::mayRun).toList();
    long leaving = left.stream().filter(Pod::terminating).count();
    return Verdict.of(
        left.isEmpty() && deployment.get().replicas() == 0,
        "%s, %d of them Terminating; %s wanted"
            .formatted(Durations.count(left.size(), "pod"), leaving, deployment.get().replicas()));
  }

  /** An evicted pod stays in the list for hours, without any process. */
  static boolean mayRun(Pod pod) {
    return !pod.phase().equals("Failed") && !pod.phase().equals("Succeeded");
  }
}
