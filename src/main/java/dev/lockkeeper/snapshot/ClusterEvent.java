package dev.lockkeeper.snapshot;

import java.time.Instant;

/**
 * A Kubernetes event.
 *
 * @param uid its own uid
 * @param type Normal or Warning
 * @param reason one word, such as {@code Unhealthy} or {@code ScalingReplicaSet}
 * @param kind the kind of the object that it is about
 * @param object that object's name
 * @param message a sentence, raw
 * @param count how often it happened
 * @param lastAt when it happened last
 */
public record ClusterEvent(
    String uid,
    String type,
    String reason,
    String kind,
    String object,
    String message,
    int count,
    Instant lastAt) {
  public boolean warning() {
    return type.equals("Warning");
  }
}
