package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The scale subresource: a workload with nothing but its replica count. */
final class Scale {
  private Scale() {}

  /** A workload as autoscaling/v1 Scale; identity and version are the workload's own. */
  static ObjectNode of(JsonNode workload) {
    ObjectNode metadata = Json.object();
    for (String field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      metadata.set(field, workload.at("/metadata/" + field));
    }
    return Json.object(
        "kind",
        "Scale",
        "apiVersion",
        "autoscaling/v1",
        "metadata",
        metadata,
        "spec",
        Json.object("replicas", Json.number(workload, "/spec/replicas", 0)),
        "status",
        Json.object(
            "replicas", Json.number(workload, "/status/replicas", 0),
            "selector", selector(workload.at("/spec/selector/matchLabels"))));
  }

  private static String selector(JsonNode labels) {
    return labels.properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .collect(Collectors.joining(","));
  }

  /** Makes a change of the Scale into one of the workload; programs leave a count of 0 out. */
  static UnaryOperator<ObjectNode> change(Key key, UnaryOperator<ObjectNode> change) {
    return workload -> {
      ObjectNode before = of(workload);
      ObjectNode scale = change.apply(before.deepCopy());
      JsonNode replicas = scale.path("spec").path("replicas");
      if (replicas.isMissingNode()) {
        replicas = IntNode.valueOf(0);
      }
      if (!replicas.isInt() || replicas.asInt() < 0) {
        throw Failure.invalid(
            key,
            "spec.replicas: Invalid value: %s: must be greater than or equal to 0"
                .formatted(replicas));
      }
      Json.metadata(workload).set("resourceVersion", scale.at("/metadata/resourceVersion"));
      Json.metadata(workload).set("uid", scale.at("/metadata/uid"));
      Json.child(workload, "spec").set("replicas", replicas);
      return workload;
    };
  }
}
