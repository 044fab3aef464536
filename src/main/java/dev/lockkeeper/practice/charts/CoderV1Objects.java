package dev.lockkeeper.practice.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the templates of v1 render, as {@link CoderObjects} does for v2. */
final class CoderV1Objects {
  /** Since then the chart makes a ServiceAccount of its own, with a Role. */
  private static final String ACCOUNT_SINCE = "1.24";

  private static final Set<String> ACCOUNT = Set.of("ServiceAccount", "Role", "RoleBinding");

  private CoderV1Objects() {}

  /**
   * The objects.
   *
   * @param values all values, the defaults among them
   */
  static List<ObjectNode> of(Chart chart, ObjectNode values) {
    String text =
        chart
            .shared("objects.yaml")
            .replace("VERSION", chart.version())
            .replace("NAME", chart.deployment(values));
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode object : Texts.yaml(text).path("objects")) {
      boolean account = ACCOUNT.contains(Json.text(object, "/kind"));
      if (!account || chart.isFrom(ACCOUNT_SINCE)) {
        objects.add(laidOver(chart, (ObjectNode) object, values));
      }
    }
    return objects;
  }

  private static ObjectNode laidOver(Chart chart, ObjectNode object, ObjectNode values) {
    ObjectNode spec = (ObjectNode) object.get("spec");
    if (Json.name(object).equals("web-ingress")) {
      spec.set("type", values.at("/coderd/serviceType"));
    } else if (Json.text(object, "/kind").equals("Deployment")) {
      spec.set("replicas", values.at("/coderd/replicas"));
      container(chart, (ObjectNode) spec.at("/template/spec/initContainers/0"), values);
      container(chart, (ObjectNode) spec.at("/template/spec/containers/0"), values);
    }
    return object;
  }

  private static void container(Chart chart, ObjectNode container, ObjectNode values) {
    container.put("image", chart.image(values));
    JsonNode more = values.at("/coderd/env");
    if (!more.isEmpty()) {
      container.withArray("/env").addAll((ArrayNode) more);
    }
  }
}
