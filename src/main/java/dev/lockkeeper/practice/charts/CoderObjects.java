package dev.lockkeeper.practice.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What the templates of v2 render. A world must not wait for a template engine when it starts, so
 * this says the same once more; a test lets Helm judge whether it is the same.
 */
final class CoderObjects {
  private CoderObjects() {}

  /**
   * The objects.
   *
   * @param values all values, the defaults among them
   */
  static List<ObjectNode> of(Chart chart, ObjectNode values) {
    ObjectNode coder = Json.child(values, "coder");
    String text = chart.shared("objects.yaml").replace("VERSION", chart.version());
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode object : Texts.yaml(text).path("objects")) {
      objects.add(laidOver(chart, (ObjectNode) object, coder));
    }
    return objects;
  }

  private static ObjectNode laidOver(Chart chart, ObjectNode object, ObjectNode coder) {
    ObjectNode spec = (ObjectNode) object.get("spec");
    switch (Json.text(object, "/kind")) {
      case "Service" -> spec.set("type", coder.at("/service/type"));
      case "Deployment" -> deployment(chart, spec, coder);
      default -> {
        // No value says anything about it.
      }
    }
    return object;
  }

  private static void deployment(Chart chart, ObjectNode spec, ObjectNode coder) {
    spec.set("replicas", coder.get("replicaCount"));
    ObjectNode container = (ObjectNode) spec.at("/template/spec/containers/0");
    container.put("image", chart.image(Json.object("coder", coder)));
    container.set("imagePullPolicy", coder.at("/image/pullPolicy"));
    ((ArrayNode) container.get("env")).addAll((ArrayNode) coder.get("env"));
    for (String name : List.of("livenessProbe", "readinessProbe")) {
      probe(container, name, coder.path(name));
    }
    container.set("resources", coder.get("resources"));
    container.set("securityContext", coder.get("securityContext"));
  }

  /** Charts that know of no switch have no value {@code enabled}, and always a probe. */
  private static void probe(ObjectNode container, String name, JsonNode values) {
    if (values.path("enabled").asBoolean(true)) {
      ObjectNode probe =
          Json.object("httpGet", Json.object("path", "/healthz", "port", "http", "scheme", "HTTP"));
      if (values instanceof ObjectNode times) {
        times.properties().forEach(time -> probe.set(time.getKey(), time.getValue()));
        probe.remove("enabled");
      }
      container.set(name, probe);
    }
  }
}
