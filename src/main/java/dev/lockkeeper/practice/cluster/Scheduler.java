package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Write;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts pods on nodes: on the one that has the fewest. */
final class Scheduler {
  private static final double SECONDS = 0.5;
  private static final double RETRY_SECONDS = 5;
  private static final Events.Source SOURCE = Events.Source.controller("default-scheduler");
  private static final Write WRITE = Write.by("kube-scheduler");

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
    Optional<ObjectNode> pod = control.store().find(key);
    Optional<String> node = emptiest();
    if (pod.isPresent() && node.isEmpty()) {
      String message = "0/0 nodes are available: no node is schedulable.";
      control.events().tell(pod.get(), SOURCE, Events.Told.warning("FailedScheduling", message));
      control.loop().after(control.pace().seconds(RETRY_SECONDS), () -> schedule(key));
    }
    if (pod.isPresent() && node.isPresent()) {
      bind(key, pod.get(), node.get());
    }
  }

  private void bind(Key key, ObjectNode pod, String node) {
    String now = Json.time(control.now());
    control
        .store()
        .update(
            key,
            WRITE.to("status"),
            object -> {
              Json.child(object, "status")
                  .putArray("conditions")
                  .add(Conditions.of(Json.object(), "PodScheduled", true, now));
              return object;
            });
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

  private Optional<String> emptiest() {
    List<String> nodes =
        control.store().list(Resources.NODES, "", node -> true).items().stream()
            .filter(node -> !node.at("/spec/unschedulable").asBoolean())
            .map(Json::name)
            .toList();
    return nodes.stream().min(Comparator.comparing(this::podsOn).thenComparing(node -> node));
  }

  private int podsOn(String node) {
    return control
        .store()
        .list(Resources.PODS, "", pod -> Json.text(pod, "/spec/nodeName").equals(node))
        .items()
        .size();
  }
}
