package dev.lockkeeper.snapshot;

import java.util.Optional;

/**
 * A PodDisruptionBudget that selects the Deployment's pods. Evictions alone ask it, such as those
 * of a drain or of an autoscaler of nodes; scaling, a rollout and a deletion do not.
 *
 * @param name its name
 * @param terms such as {@code minAvailable 1}
 * @param allowed how many pods may be evicted now; empty while its controller has not said so of
 *     these pods
 * @param unready whether a pod that is not Ready may be evicted however few others are
 */
public record DisruptionBudget(
    String name, String terms, Optional<Integer> allowed, boolean unready) {
  /** What it does now, in words. */
  public String text() {
    String now =
        allowed
            .map(
                pods ->
                    pods == 0
                        ? "refuses evictions of Ready pods now"
                        : "lets %d Ready be evicted now".formatted(pods))
            .orElse("does not say whether it refuses evictions");
    return "PodDisruptionBudget %s (%s) %s; of one that migrates it refuses them %s"
        .formatted(name, terms, now, unready ? "never" : "only while too few others are Ready");
  }
}
