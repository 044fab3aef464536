package dev.lockkeeper.snapshot;

/**
 * A PodDisruptionBudget that selects the Deployment's pods: evictions ask it first, deletions and
 * scaling do not.
 *
 * @param name its name
 * @param allowed how many pods may be evicted now
 * @param terms such as {@code minAvailable 1}
 */
public record DisruptionBudget(String name, int allowed, String terms) {}
