package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps as many pods as a ReplicaSet wants. */
final class ReplicaSetController {
  private static final Events.Source SOURCE = Events.Source.controller("replicaset-controller");

  private static final double RETRY_SECONDS = 5;

  /** Who goes first: no node yet, not running, not ready, more restarts, younger. */
  private static final Comparator<JsonNode> FIRST_TO_GO =
      Comparator.<JsonNode, Boolean>comparing(pod -> !Json.text(pod, "/spec/nodeName").isEmpty())
          .thenComparing(pod -> Json.text(pod, "/status/phase").equals("Running"))
          .thenComparing(pod -> Conditions.isTrue(pod.path("status"), "Ready"))
          .thenComparing(ReplicaSetController::readySince, Comparator.reverseOrder())
          .thenComparing(
              pod -> Json.number(pod, "/status/containerStatuses/0/restartCount", 0),
              Comparator.reverseOrder())
          .thenComparing(
              pod -> Json.text(pod, "/metadata/creationTimestamp"), Comparator.reverseOrder())
          .thenComparing(pod -> Json.number(pod, "/metadata/resourceVersion", 0));

  private final Control control;
  private final Consumer<Key> again;
  private final Admission admission;
  private final Set<Key> refused = new HashSet<>();

  /**
   * @param again asks for another look when a pod has been ready long enough
   */
  ReplicaSetController(Control control, Consumer<Key> again) {
    this.control = control;
    this.again = again;
    this.admission = new Admission(control);
  }

  private static String readySince(JsonNode pod) {
    return Conditions.find(pod.path("status"), "Ready")
        .filter(one -> one.path("status").asText().equals("True"))
        .map(one -> one.path("lastTransitionTime").asText())
        .orElse("");
  }

  /** Creates or deletes pods, and writes the status. */
  void sync(Key key) {
    Optional<ObjectNode> found = control.store().find(key);
    if (found.isEmpty()) {
      return;
    }
    ObjectNode set = found.get();
    Optional<String> refusal = Optional.empty();
    if (!Control.leaving(set)) {
      List<ObjectNode> active = active(set);
      int missing = Rollout.wanted(set) - active.size();
      for (int i = 0; i < missing && refusal.isEmpty(); i++) {
        refusal = create(set);
      }
      active.stream()
          .sorted(FIRST_TO_GO)
          .limit(Math.max(0, -missing))
          .forEach(pod -> delete(set, pod));
    }
    writeStatus(key, refusal);
    admission.count(key.namespace());
    if (refusal.isPresent() && refused.add(key)) {
      control.loop().after(control.pace().seconds(RETRY_SECONDS), () -> retry(key));
    }
  }

  private void retry(Key key) {
    refused.remove(key);
    again.accept(key);
  }

  /** The pods that count: those that have ended or are being deleted do not. */
  private List<ObjectNode> active(ObjectNode set) {
    Set<String> ended = Set.of("Succeeded", "Failed");
    return control.owned(Resources.PODS, set).stream()
        .filter(pod -> !Control.leaving(pod))
        .filter(pod -> !ended.contains(Json.text(pod, "/status/phase")))
        .toList();
  }

  /** Makes one pod, or says why it may not be made. */
  private Optional<String> create(ObjectNode set) {
    JsonNode template = set.at("/spec/template");
    Optional<String> refusal =
        admission.refusal(Json.namespace(set), Json.name(set) + "-", template.path("spec"));
    if (refusal.isPresent()) {
      String message = "Error creating: " + refusal.get();
      control.events().tell(set, SOURCE, Events.Told.warning("FailedCreate", message));
      return refusal;
    }
    ObjectNode metadata = Json.object("generateName", Json.name(set) + "-");
    for (String field : List.of("labels", "annotations")) {
      if (template.at("/metadata/" + field).isObject()) {
        metadata.set(field, template.at("/metadata/" + field).deepCopy());
      }
    }
    metadata.putArray("ownerReferences").add(Control.reference(set));
    ObjectNode pod = Json.object("metadata", metadata, "spec", template.path("spec").deepCopy());
    ObjectNode made =
        control.store().create(Resources.PODS, Json.namespace(set), pod, Control.MANAGER);
    String message = "Created pod: " + Json.name(made);
    control.events().tell(set, SOURCE, Events.Told.normal("SuccessfulCreate", message));
    return Optional.empty();
  }

  private void delete(ObjectNode set, ObjectNode pod) {
    control.store().delete(Key.of(Resources.PODS, pod), Deletion.ordinary());
    String message = "Deleted pod: " + Json.name(pod);
    control.events().tell(set, SOURCE, Events.Told.normal("SuccessfulDelete", message));
  }

  private void writeStatus(Key key, Optional<String> refusal) {
    ObjectNode set = control.store().get(key);
    List<ObjectNode> active = active(set);
    List<ObjectNode> ready =
        active.stream().filter(pod -> Conditions.isTrue(pod.path("status"), "Ready")).toList();
    long available = ready.stream().filter(pod -> longEnough(key, set, pod)).count();
    ObjectNode status =
        Json.object(
            "replicas", active.size(),
            "observedGeneration", Json.number(set, "/metadata/generation", 1));
    if (!active.isEmpty()) {
      status.put("fullyLabeledReplicas", active.size());
    }
    if (!ready.isEmpty()) {
      status.put("readyReplicas", ready.size());
    }
    if (available > 0) {
      status.put("availableReplicas", (int) available);
    }
    refusal.ifPresent(
        why -> {
          String now = Json.time(control.now());
          ObjectNode failure =
              Conditions.of(set.path("status"), Rollout.REPLICA_FAILURE, true, now)
                  .put("reason", "FailedCreate")
                  .put("message", why);
          status.set("conditions", Json.array(List.of(failure)));
        });
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

  /** Whether a ready pod has been so for {@code minReadySeconds}. */
  private boolean longEnough(Key key, ObjectNode set, JsonNode pod) {
    int seconds = Json.number(set, "/spec/minReadySeconds", 0);
    if (seconds == 0) {
      return true;
    }
    Duration gone = Duration.between(Instant.parse(readySince(pod)), control.now());
    Duration left = control.pace().seconds(seconds).minus(gone);
    if (left.isNegative() || left.isZero()) {
      return true;
    }
    control.loop().after(left, () -> again.accept(key));
    return false;
  }
}
