package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes a Deployment's status, and judges whether its rollout still progresses. */
final class DeploymentStatus {
  private final Control control;
  private final Consumer<Key> again;
  private final Map<Key, Long> progress = new HashMap<>();
  private final Map<Key, Loop.Timer> deadlines = new HashMap<>();

  /**
   * @param again asks for another look when a deadline has passed
   */
  DeploymentStatus(Control control, Consumer<Key> again) {
    this.control = control;
    this.again = again;
  }

  /** Something moved: the progress deadline begins anew. */
  void progressed(Key key) {
    progress.put(key, System.nanoTime());
  }

  void forget(Key key) {
    progress.remove(key);
    Optional.ofNullable(deadlines.remove(key)).ifPresent(Loop.Timer::cancel);
  }

  void write(Key key, Rollout rollout) {
    JsonNode before = rollout.deployment().path("status");
    ObjectNode status = counts(rollout);
    if (moved(before, status)) {
      progressed(key);
    }
    ObjectNode available = available(rollout, before, status);
    Optional<JsonNode> progressing = progressing(key, rollout, before, status);
    List<JsonNode> conditions = new ArrayList<>(List.of(available));
    progressing.ifPresent(conditions::add);
    // As the real one does: only the present ReplicaSet is asked whether its pods can be made.
    rollout
        .current()
        .flatMap(set -> Conditions.find(set.path("status"), Rollout.REPLICA_FAILURE))
        .map(
            failure ->
                ((ObjectNode) failure.deepCopy()).put("lastUpdateTime", Json.time(control.now())))
        .ifPresent(conditions::add);
    status.set("conditions", Json.array(conditions));
    control
        .store()
        .update(
            key,
            Control.MANAGER.to("status"),
            object -> {
              object.set("status", status);
              return object;
            });
  }

  private static ObjectNode counts(Rollout rollout) {
    int available = rollout.total("availableReplicas");
    ObjectNode status =
        Json.object(
            "observedGeneration", Json.number(rollout.deployment(), "/metadata/generation", 1));
    putUnlessZero(status, "replicas", rollout.total("replicas"));
    putUnlessZero(status, "updatedReplicas", rollout.fresh("replicas"));
    putUnlessZero(status, "readyReplicas", rollout.total("readyReplicas"));
    putUnlessZero(status, "availableReplicas", available);
    putUnlessZero(status, "unavailableReplicas", Math.max(0, rollout.allPods() - available));
    return status;
  }

  private static void putUnlessZero(ObjectNode status, String field, int count) {
    if (count != 0) {
      status.put(field, count);
    }
  }

  private ObjectNode available(Rollout rollout, JsonNode before, ObjectNode status) {
    int fewest = RollingUpdate.of(rollout.deployment()).fewestAvailable();
    boolean enough = status.path("availableReplicas").asInt() >= fewest;
    return condition(
        before,
        "Available",
        enough,
        enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        enough
            ? "Deployment has minimum availability."
            : "Deployment does not have minimum availability.",
        false);
  }

  /** Like Kubernetes, a rollout that was complete once is not judged again until it changes. */
  private Optional<JsonNode> progressing(
      Key key, Rollout rollout, JsonNode before, ObjectNode status) {
    Optional<JsonNode> current = Conditions.find(before, "Progressing");
    String reason = current.map(one -> one.path("reason").asText()).orElse("");
    boolean settled =
        reason.equals("NewReplicaSetAvailable")
            && status.path("replicas").asInt() == status.path("updatedReplicas").asInt()
            && rollout.current().isPresent();
    if (settled || rollout.current().isEmpty()) {
      return current;
    }
    String set = "ReplicaSet \"" + Json.name(rollout.current().get()) + "\" ";
    if (complete(rollout, status)) {
      forget(key);
      String message = set + "has successfully progressed.";
      return Optional.of(
          condition(before, "Progressing", true, "NewReplicaSetAvailable", message, false));
    }
    if (late(key, rollout)) {
      String message = set + "has timed out progressing.";
      return Optional.of(
          condition(before, "Progressing", false, "ProgressDeadlineExceeded", message, false));
    }
    String message = set + "is progressing.";
    boolean fresh = moved(before, status);
    return Optional.of(condition(before, "Progressing", true, "ReplicaSetUpdated", message, fresh));
  }

  private static boolean complete(Rollout rollout, ObjectNode status) {
    int wanted = Rollout.wanted(rollout.deployment());
    return status.path("updatedReplicas").asInt() == wanted
        && status.path("replicas").asInt() == wanted
        && status.path("availableReplicas").asInt() == wanted;
  }

  private static boolean moved(JsonNode before, JsonNode after) {
    return grew(before, after, "updatedReplicas")
        || grew(before, after, "readyReplicas")
        || grew(before, after, "availableReplicas")
        || oldPods(after) < oldPods(before);
  }

  private static boolean grew(JsonNode before, JsonNode after, String field) {
    return after.path(field).asInt() > before.path(field).asInt();
  }

  private static int oldPods(JsonNode status) {
    return status.path("replicas").asInt() - status.path("updatedReplicas").asInt();
  }

  private boolean late(Key key, Rollout rollout) {
    int seconds = Json.number(rollout.deployment(), "/spec/progressDeadlineSeconds", 600);
    long since = progress.computeIfAbsent(key, any -> System.nanoTime());
    Duration gone = Duration.ofNanos(System.nanoTime() - since);
    Duration left = control.pace().seconds(seconds).minus(gone);
    Optional.ofNullable(deadlines.remove(key)).ifPresent(Loop.Timer::cancel);
    if (left.isNegative() || left.isZero()) {
      return true;
    }
    deadlines.put(key, control.loop().after(left, () -> again.accept(key)));
    return false;
  }

  /** Keeps the condition as it was when nothing is new, so that no write follows. */
  private ObjectNode condition(
      JsonNode before, String type, boolean holds, String reason, String message, boolean fresh) {
    Optional<JsonNode> old = Conditions.find(before, type);
    boolean same =
        old.filter(one -> one.path("status").asText().equals(holds ? "True" : "False"))
            .filter(one -> one.path("reason").asText().equals(reason))
            .filter(one -> one.path("message").asText().equals(message))
            .isPresent();
    if (same && !fresh) {
      return old.get().deepCopy();
    }
    String now = Json.time(control.now());
    ObjectNode condition = Conditions.of(before, type, holds, now);
    return condition.put("reason", reason).put("message", message).put("lastUpdateTime", now);
  }
}
