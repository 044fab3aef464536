package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rollout is over: the controller has seen the last change of the Deployment, as many pods as
 * it wants are there, Ready and of its newest template, and no other ones. Pods of an older
 * template may be Ready and serve the same version, and yet have another probe.
 */
public record RolledOut() implements Check {
  @Override
  public String word() {
    return "rolled-out";
  }

  @Override
  public String question() {
    return "the rollout is over: every pod is of the newest template";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    return deployment.isEmpty()
        ? Verdict.unknown("the deployment cannot be read")
        : judge(cluster.get(), deployment.get());
  }

  /** The same question about this Deployment, which was read just now. */
  static Verdict judge(Cluster cluster, Deployment seen) {
    if (seen.status().observedGeneration() < seen.generation()) {
      return Verdict.fail(
          "the deployment controller has not seen the last change yet (generation %d, observed %d)"
              .formatted(seen.generation(), seen.status().observedGeneration()));
    }
    boolean all =
        seen.status().updatedReplicas() == seen.replicas()
            && seen.status().currentReplicas() == seen.replicas()
            && seen.status().readyReplicas() == seen.replicas();
    List<String> old = ofOldTemplates(cluster);
    String counted =
        "%d of %s of the newest template, %d Ready"
            .formatted(
                seen.status().updatedReplicas(),
                Durations.count(seen.replicas(), "wanted pod"),
                seen.status().readyReplicas());
    return all && old.isEmpty()
        ? Verdict.pass(counted)
        : Verdict.fail(
            counted
                + (old.isEmpty() ? "" : "; of an older template: " + String.join(", ", old))
                + why(seen));
  }

  /** The pods of ReplicaSets that are not the newest one; those that stop are on their way out. */
  private static List<String> ofOldTemplates(Cluster cluster) {
    List<String> older = cluster.replicaSets().stream().skip(1).map(ReplicaSet::name).toList();
    return cluster.pods().stream()
        .filter(pod -> !pod.terminating() && NoPods.mayRun(pod))
        .filter(pod -> older.contains(pod.metadata().replicaSet()))
        .map(Pod::name)
        .toList();
  }

  /** Why it does not get on, in the Deployment's own words. */
  private static String why(Deployment seen) {
    return seen.status().conditions().stream()
        .filter(
            each ->
                each.type().equals("ReplicaFailure") && each.status().equals("True")
                    || each.type().equals("Progressing") && each.status().equals("False"))
        .map(each -> "; %s: %s".formatted(each.reason(), each.message()))
        .collect(Collectors.joining());
  }
}
