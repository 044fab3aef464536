package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Deployment.Condition;
import dev.lockkeeper.snapshot.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pod that no node takes. */
final class NotScheduled {
  /** Of whoever adds nodes: the pod waits for one that is on its way. */
  private static final Set<String> COMING = Set.of("TriggeredScaleUp", "Nominated");

  private static final Duration LONGEST_WAY = Duration.ofMinutes(10);

  /** Every pod is without a node for a moment. */
  private static final Duration USUAL = Duration.ofSeconds(5);

  /** Whoever adds nodes looks for such pods every ten seconds, and then says that one comes. */
  private static final Duration ADDED = Duration.ofSeconds(20);

  private NotScheduled() {}

  static List<Finding> find(RuleInput sight) {
    return sight.pods().stream()
        .filter(pod -> !pod.terminating() && pod.node().isEmpty())
        .filter(pod -> sight.age(pod).compareTo(USUAL) >= 0)
        .flatMap(pod -> refused(pod).map(why -> finding(sight, pod, why)).stream())
        .limit(1)
        .toList();
  }

  private static Optional<Condition> refused(Pod pod) {
    return pod.words().condition("PodScheduled").filter(each -> each.status().equals("False"));
  }

  private static Finding finding(RuleInput sight, Pod pod, Condition why) {
    List<String> seen = new ArrayList<>();
    seen.add(
        "%s: Pending for %s, PodScheduled=False %s"
            .formatted(pod.name(), Durations.of(sight.age(pod)), why.reason()));
    seen.add(why.message());
    Optional<ClusterEvent> coming = coming(sight, pod);
    coming.ifPresent(event -> seen.add(event.reason() + ": " + event.message()));
    boolean freed = sight.pods().stream().anyMatch(Pod::terminating);
    if (freed) {
      seen.add("a pod of this deployment is Terminating: what it takes becomes free");
    }
    boolean early = freed || sight.age(pod).compareTo(ADDED) < 0;
    return Finding.proven(
        Kind.POD_NOT_SCHEDULED,
        coming.isPresent() ? Urgency.WAIT : early ? Urgency.BEWARE : Urgency.ACT,
        "No node takes %s: %s".formatted(pod.name(), brief(why)),
        sight.inCluster(seen),
        Advice.findOut(
            coming.isPresent() ? "A node is being added for it: wait." : help(why.message())),
        "take it for a stuck migration: its container has never started.");
  }

  private static Optional<ClusterEvent> coming(RuleInput sight, Pod pod) {
    return sight.cluster().map(Cluster::events).stream()
        .flatMap(List::stream)
        .filter(event -> event.object().equals(pod.name()) && COMING.contains(event.reason()))
        .filter(event -> sight.since(event.lastAt()).compareTo(LONGEST_WAY) < 0)
        .findFirst();
  }

  /** What the scheduler says of the nodes, without what it says of preemption. */
  private static String brief(Condition why) {
    int end = why.message().indexOf(" preemption:");
    String words = end > 0 ? why.message().substring(0, end) : why.message();
    return words.isEmpty() ? why.reason() : words;
  }

  private static String help(String words) {
    List<String> ways = new ArrayList<>();
    if (words.contains("unschedulable")) {
      ways.add("ask who cordoned the node, and let it be uncordoned");
    }
    if (words.contains("Insufficient")) {
      ways.add(
          "let a node be added, or lower what a pod asks for in the values"
              + " (coder.resources.requests)");
    }
    if (words.contains("taint")) {
      ways.add("name a toleration in the values (coder.tolerations), or let the taint be removed");
    }
    if (words.contains("selector") || words.contains("affinity")) {
      ways.add("correct coder.nodeSelector or coder.affinity in the values");
    }
    if (words.contains("volume") || words.contains("persistentvolumeclaim")) {
      ways.add("look at its PersistentVolumeClaims");
    }
    return ways.isEmpty()
        ? "Ask who runs the cluster what keeps it from a node."
        : "It is put on a node by itself once one fits: " + String.join("; ", ways) + ".";
  }
}
