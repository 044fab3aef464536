package dev.lockkeeper.practice.apiserver;

import java.util.OptionalInt;

/**
 * How an object is deleted.
 *
 * @param grace seconds that a pod gets to stop; its own {@code terminationGracePeriodSeconds} when
 *     empty
 * @param uid the uid that it must have; any when empty
 * @param resourceVersion the version that it must have; any when empty
 * @param dryRun whether to keep it after all
 */
public record Deletion(OptionalInt grace, String uid, String resourceVersion, boolean dryRun) {
  /** Deletes whatever is there, with its own grace period. */
  public static Deletion ordinary() {
    return new Deletion(OptionalInt.empty(), "", "", false);
  }

  /** Removes the object at once: what the kubelet does when the last container has ended. */
  public static Deletion atOnce(String uid) {
    return new Deletion(OptionalInt.of(0), uid, "", false);
  }
}
