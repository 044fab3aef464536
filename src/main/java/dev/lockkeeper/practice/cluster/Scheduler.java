package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts pods on nodes: of those that fit on the one that has the fewest. */
final class Scheduler {
  private static final double SECONDS = 0.5;
  private static final double RETRY_SECONDS = 5;
  private static final Events.Source SOURCE = Events.Source.controller("default-scheduler");
  private static final Write WRITE = Write.by("kube-scheduler");

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final Control control;
  private final Set<Key> waiting = new HashSet<>();

  Scheduler(Control control) {
    this.control = control;
  }

  /** Does it in a moment, unless that is under way. */
  void schedule(Key key) {
    if (waiting.add(key)) {
      control.loop().after(control.pace().seconds(SECONDS), () -> place(key));
    }
  }

  private void place(Key key) {
    waiting.remove(key);
    Optional<ObjectNode> found = control.store().find(key);
    if (found.isEmpty() || Control.leaving(found.get())) {
      return;
    }
    ObjectNode pod = found.get();
    List<String> hindrances = new ArrayList<>();
    List<String> free = new ArrayList<>();
    for (ObjectNode node : control.store().list(Resources.NODES, "", any -> true).items()) {
      new NodeFit(pod.path("spec"))
          .hindrance(node, specsOn(Json.name(node)))
          .ifPresentOrElse(hindrances::add, () -> free.add(Json.name(node)));
    }
    free.stream()
        .min(
            Comparator.comparing((String node) -> specsOn(node).size()).thenComparing(node -> node))
        .ifPresentOrElse(
            node -> bind(key, pod, node), () -> postpone(key, pod, NodeFit.told(hindrances)));
  }

  /** Says why it stays Pending, and tries again. */
  private void postpone(Key key, ObjectNode pod, String why) {
    control.events().tell(pod, SOURCE, Events.Told.warning("FailedScheduling", why));
    condition(key, false, why);
    control.loop().after(control.pace().seconds(RETRY_SECONDS), () -> schedule(key));
  }

  private void condition(Key key, boolean scheduled, String why) {
    String now = Json.time(control.now());
    control
        .store()
        .update(
            key,
            WRITE.to("status"),
            object -> {
              ObjectNode status = Json.child(object, "status");
              ObjectNode condition = Conditions.of(status, "PodScheduled", scheduled, now);
              if (!scheduled) {
                condition.put("reason", "Unschedulable").put("message", why);
              }
              status.putArray("conditions").add(condition);
              return object;
            });
  }

  private void bind(Key key, ObjectNode pod, String node) {
    condition(key, true, "");
    control
        .store()
        .update(
            key,
            WRITE,
            object -> {
              Json.child(object, "spec").put("nodeName", node);
              return object;
            });
    String message =
        "Successfully assigned %s/%s to %s".formatted(key.namespace(), key.name(), node);
    control.events().tell(pod, SOURCE, Events.Told.normal("Scheduled", message));
  }

  /** The specifications of the pods that take room on a node. */
  private List<JsonNode> specsOn(String node) {
    return control
        .store()
        .list(Resources.PODS, "", pod -> Json.text(pod, "/spec/nodeName").equals(node))
        .items()
        .stream()
        .filter(pod -> !ENDED.contains(Json.text(pod, "/status/phase")))
        .map(pod -> pod.path("spec"))
        .toList();
  }
}
