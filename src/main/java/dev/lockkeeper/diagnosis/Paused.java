package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.ReplicaSet;
import java.util.List;
import java.util.Optional;

/** A rollout that somebody paused: what the Deployment names is not what scaling up starts. */
public final class Paused {
  private Paused() {}

  static List<Finding> find(RuleInput sight) {
    return sight.cluster().stream()
        .flatMap(
            cluster ->
                cluster.deployment().stream()
                    .filter(it -> it.rollout().paused())
                    .map(it -> finding(sight, cluster, it)))
        .toList();
  }

  /** The image that a pod would have that starts now, where that is not the Deployment's. */
  public static Optional<String> otherImage(Cluster cluster) {
    return cluster
        .deployment()
        .filter(it -> it.rollout().paused())
        .flatMap(
            it ->
                newest(cluster).map(ReplicaSet::image).filter(image -> !image.equals(it.image())));
  }

  private static Optional<ReplicaSet> newest(Cluster cluster) {
    return cluster.replicaSets().stream().findFirst();
  }

  private static Finding finding(RuleInput sight, Cluster cluster, Deployment deployment) {
    Optional<String> other = otherImage(cluster);
    return Finding.proven(
        Kind.ROLLOUT_PAUSED,
        other.isPresent() ? Urgency.ACT : Urgency.BEWARE,
        other
            .map(
                image ->
                    "The rollout is paused: a pod that starts now has the image %s"
                        .formatted(image))
            .orElse("The rollout is paused: a change of the image starts no pod"),
        sight.inCluster(
            List.of(
                "deployment/%s: spec.paused is true, its image is %s"
                    .formatted(deployment.name(), deployment.image()),
                newest(cluster)
                    .map(set -> "newest ReplicaSet %s: %s".formatted(set.name(), set.image()))
                    .orElse("it has no ReplicaSet"))),
        Advice.findOut(
            "Ask who paused it and why. `%s` lets pods of %s start."
                .formatted(
                    cluster
                        .identity()
                        .pinned()
                        .kubectl("rollout", "resume", "deployment/" + deployment.name()),
                    deployment.image())),
        "scale up before: it starts pods of the ReplicaSets that are there.");
  }
}
