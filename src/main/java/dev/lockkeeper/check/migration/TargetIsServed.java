package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Served;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * At least one pod is Ready, every Ready pod is healthy, and all serve the target version (C15).
 */
public record TargetIsServed() implements Check {
  @Override
  public String word() {
    return "target-is-served";
  }

  @Override
  public String question() {
    return "Ready pods serve the target version";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    if (cluster.isEmpty() || target.isEmpty()) {
      return Verdict.unknown("the cluster or the target is not known");
    }
    return serving(snapshot, target.get());
  }

  /** Whether pods are Ready and all of them are healthy and serve this version. */
  static Verdict serving(Snapshot snapshot, CoderVersion version) {
    Cluster cluster = snapshot.freshCluster().orElseThrow();
    List<Pod> ready = cluster.readyPods();
    if (ready.isEmpty()) {
      return Verdict.fail("no pod is Ready");
    }
    for (Pod pod : ready) {
      Verdict verdict = serves(pod, cluster.servedBy(pod), version, snapshot);
      if (!verdict.passed()) {
        return verdict;
      }
    }
    return Verdict.pass(
        "%s Ready, healthy, serving %s".formatted(Durations.count(ready.size(), "pod"), version));
  }

  private static Verdict serves(
      Pod pod, Optional<Served> served, CoderVersion target, Snapshot snapshot) {
    if (served.isEmpty()) {
      return Verdict.unknown(pod.name() + " was not asked yet");
    }
    Optional<String> version = FreshFacts.read(served.get().version(), snapshot);
    if (version.isEmpty()) {
      return Verdict.unknown(pod.name() + ": " + FreshFacts.why(served.get().version()));
    }
    boolean right = CoderVersion.parse(version.get()).equals(Optional.of(target));
    return Verdict.of(
        right && served.get().healthy(),
        "%s serves %s, %s"
            .formatted(
                pod.name(), version.get(), served.get().healthy() ? "healthy" : "not healthy"));
  }
}
