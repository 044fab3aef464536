package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pods that are wanted and cannot be made: a quota, an admission or a missing account forbids. */
final class PodsNotMade {
  private static final String FAILURE = "ReplicaFailure";
  private static final String FAILED = "FailedCreate";

  /** The controller tries again all the time, and tells of it each time. */
  private static final Duration RECENT = Duration.ofMinutes(3);

  private PodsNotMade() {}

  static List<Finding> find(RuleInput sight) {
    return sight.cluster().stream()
        .flatMap(
            cluster -> cluster.deployment().stream().flatMap(it -> of(sight, cluster, it).stream()))
        .toList();
  }

  private static Optional<Finding> of(RuleInput sight, Cluster cluster, Deployment deployment) {
    long missing = missing(cluster);
    if (missing <= 0) {
      return Optional.empty();
    }
    Optional<String> condition =
        deployment
            .condition(FAILURE)
            .filter(each -> each.status().equals("True"))
            .map(Deployment.Condition::message);
    List<String> events = events(cluster, sight.snapshot().now());
    return condition
        .or(() -> events.stream().findFirst())
        .map(words -> finding(sight, deployment, missing, words, condition.isPresent(), events));
  }

  /** How many pods the ReplicaSets want that are not there. */
  private static long missing(Cluster cluster) {
    return cluster.replicaSets().stream()
        .mapToLong(
            set ->
                set.replicas()
                    - cluster.pods().stream()
                        .filter(pod -> pod.metadata().replicaSet().equals(set.name()))
                        .filter(pod -> !pod.terminating() && !pod.over())
                        .count())
        .filter(lacking -> lacking > 0)
        .sum();
  }

  private static List<String> events(Cluster cluster, Instant now) {
    Instant there = now.plus(cluster.skew().orElse(Duration.ZERO));
    List<String> wanting =
        cluster.replicaSets().stream()
            .filter(set -> set.replicas() > 0)
            .map(ReplicaSet::name)
            .toList();
    return cluster.events().stream()
        .filter(event -> event.reason().equals(FAILED) && wanting.contains(event.object()))
        .filter(event -> event.lastAt().isAfter(there.minus(RECENT)))
        .map(ClusterEvent::message)
        .toList();
  }

  private static Finding finding(
      RuleInput sight,
      Deployment deployment,
      long missing,
      String words,
      boolean now,
      List<String> events) {
    List<String> seen = new ArrayList<>();
    seen.add(
        "deployment/%s wants %d, %s"
            .formatted(
                deployment.name(),
                deployment.replicas(),
                Durations.count(missing, "pod") + " not made"));
    if (now) {
      seen.add(FAILURE + ": " + words);
    }
    events.stream().limit(2).forEach(each -> seen.add(FAILED + ": " + each));
    String headline =
        "%s cannot be made: %s".formatted(Durations.count(missing, "wanted pod"), words);
    String wrong = "wait for a pod, or scale up further: none is made before this is put right.";
    return now
        ? Finding.proven(
            Kind.PODS_NOT_MADE,
            Urgency.ACT,
            headline,
            sight.inCluster(seen),
            Advice.findOut(help(words, sight)),
            wrong)
        : Finding.likely(
            Kind.PODS_NOT_MADE,
            Urgency.ACT,
            headline,
            sight.inCluster(seen),
            List.of("a refusal that is over: then the controller makes the pod within a minute"),
            Advice.findOut(help(words, sight)),
            wrong);
  }

  /**
   * Who lets a pod be made may not know what it begins with; while a migration is under way,
   * nothing is changed that would start another pod.
   */
  private static String help(String words, RuleInput sight) {
    if (sight.migration().underWay()) {
      return "If no migration is in progress any more: " + help(words);
    }
    long serving = sight.pods().stream().filter(pod -> pod.ready() && !pod.terminating()).count();
    return serving > 0 && sight.wanted().filter(sight::hasToMigrate).isPresent()
        ? "%s The pod that is made then migrates at once, beside %s: have a backup, and scale down first (%s)."
            .formatted(help(words), Durations.count(serving, "Ready pod"), Steps.SCALE_DOWN)
        : help(words);
  }

  private static String help(String words) {
    if (words.contains("quota")) {
      return "Let the ResourceQuota be raised, or free what it counts; the controller then tries"
          + " again by itself.";
    }
    if (words.contains("serviceaccount") || words.contains("service account")) {
      return "Let the ServiceAccount be made, or name the right one in the values"
          + " (coder.serviceAccount.name); the controller then tries again by itself.";
    }
    if (words.contains("webhook") || words.contains("denied")) {
      return "Ask who runs this admission control what it requires of a pod, or why it does not"
          + " answer.";
    }
    return "Ask who runs the cluster what these words mean for this namespace.";
  }
}
