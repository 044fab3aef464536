package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;

/**
 * Tells the events of one container.
 *
 * @param events where they go
 * @param pod its pod
 * @param spec the container in the pod's specification
 */
record ContainerEvents(Events events, ObjectNode pod, JsonNode spec) {

  void normal(String reason, String message) {
    tell(Events.Told.normal(reason, message));
  }

  void warning(String reason, String message) {
    tell(Events.Told.warning(reason, message));
  }

  private void tell(Events.Told told) {
    String path = "spec.containers{" + spec.path("name").asText() + "}";
    Events.Source kubelet = new Events.Source("kubelet", Json.text(pod, "/spec/nodeName"));
    events.tell(pod, path, kubelet, told);
  }

  /** As the kubelet writes it: name_namespace(uid). */
  String podName() {
    return "%s_%s(%s)".formatted(Json.name(pod), Json.namespace(pod), Json.uid(pod));
  }
}
