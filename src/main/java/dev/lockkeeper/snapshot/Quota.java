package dev.lockkeeper.snapshot;

import java.util.Map;

/**
 * A ResourceQuota of the namespace.
 *
 * @param name its name
 * @param hard how much there may be, by {@code pods}, {@code requests.cpu}, {@code limits.memory}
 *     and the like
 * @param used how much of it is used
 * @param scoped whether it counts some pods only: which ones is not looked at
 */
public record Quota(
    String name, Map<String, Amount> hard, Map<String, Amount> used, boolean scoped) {
  public Quota {
    hard = Map.copyOf(hard);
    used = Map.copyOf(used);
  }
}
