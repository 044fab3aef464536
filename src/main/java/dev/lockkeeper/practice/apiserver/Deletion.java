package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

  /** Deletes a pod that gets this many seconds: the kubelet kills what still runs then. */
  public static Deletion within(int seconds, String uid) {
    return new Deletion(OptionalInt.of(seconds), uid, "", false);
  }

  /** Fails with 409 when it is not the object that is meant. */
  void check(Key key, ObjectNode object) {
    String there = Json.uid(object);
    if (!uid.isEmpty() && !uid.equals(there)) {
      throw Failure.conflict(
          key,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, there));
    }
    String seen = Json.text(object, "/metadata/resourceVersion");
    if (!resourceVersion.isEmpty() && !resourceVersion.equals(seen)) {
      throw Failure.conflict(
          key,
          "Precondition failed: ResourceVersion in precondition: %s, ResourceVersion in object"
              + " meta: %s".formatted(resourceVersion, seen));
    }
  }

  /** The seconds that it gets: only what runs on a node is waited for. */
  int granted(Key key, ObjectNode object) {
    boolean running =
        key.resource().equals(Resources.PODS) && !Json.text(object, "/spec/nodeName").isEmpty();
    int own = Json.number(object, "/spec/terminationGracePeriodSeconds", 30);
    return running ? grace.orElse(own) : 0;
  }
}
