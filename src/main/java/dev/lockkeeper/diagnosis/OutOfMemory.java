package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodTemplate;
import java.time.Duration;
import java.util.List;

/** A container that was ended because it took more memory than it may. */
final class OutOfMemory {
  private static final Duration RECENT = Duration.ofHours(1);

  private OutOfMemory() {}

  static List<Finding> find(RuleInput sight) {
    List<Pod> pods =
        sight.pods().stream().filter(pod -> !pod.terminating() && killed(sight, pod)).toList();
    if (pods.isEmpty()) {
      return List.of();
    }
    boolean down = pods.stream().anyMatch(pod -> !pod.ready());
    return List.of(
        Finding.proven(
            Kind.OUT_OF_MEMORY,
            down && !mayBeOnce(sight, pods) ? Urgency.ACT : Urgency.BEWARE,
            "%s ran out of memory and was killed".formatted(pods.get(0).name()),
            sight.inCluster(pods.stream().map(pod -> evidence(sight, pod)).toList()),
            advice(sight),
            "take it for a failed migration: the kill rolled it back, and no data is wrong."));
  }

  /** An attempt that runs now may have room where the one before had not. */
  private static boolean mayBeOnce(RuleInput sight, List<Pod> pods) {
    return sight.migration().attempted() && pods.stream().allMatch(pod -> pod.restarts() < 2);
  }

  /** The kernel kills at a limit, and without one where the node itself has no memory left. */
  private static Advice advice(RuleInput sight) {
    boolean limited =
        sight
            .deployment()
            .filter(it -> it.template().own().containsKey(PodTemplate.MEMORY_LIMIT))
            .isPresent();
    return limited
        ? Advice.act("Raise the memory limit in the values (coder.resources.limits.memory).")
        : Advice.findOut(
            "The deployment sets no memory limit: see whether a LimitRange of the namespace sets"
                + " one, or whether its node ran out of memory.");
  }

  private static boolean killed(RuleInput sight, Pod pod) {
    return pod.last()
        .filter(last -> last.reason().equals("OOMKilled"))
        .filter(last -> last.finishedAt().isAfter(sight.snapshot().now().minus(RECENT)))
        .isPresent();
  }

  private static String evidence(RuleInput sight, Pod pod) {
    Pod.Termination last = pod.last().orElseThrow();
    return "%s: OOMKilled %s ago, %s"
        .formatted(
            pod.name(),
            Durations.of(Duration.between(last.finishedAt(), sight.snapshot().now())),
            Durations.count(pod.restarts(), "restart"));
  }
}
