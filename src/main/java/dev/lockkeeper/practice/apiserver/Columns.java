package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.practice.apiserver.Table.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which columns kubectl prints for which resource. */
final class Columns {
  private Columns() {}

  static List<Column> of(Resource resource, Instant now) {
    Column name = Column.of("Name", Json::name);
    Column age = Column.of("Age", object -> Age.since(object, "/metadata/creationTimestamp", now));
    return switch (resource.plural()) {
      case "pods" -> PodColumns.of(name, age, now);
      case "deployments" -> deployments(name, age);
      case "replicasets" -> replicaSets(name, age);
      case "events" -> EventColumns.of(now);
      case "namespaces" -> List.of(name, text("Status", "/status/phase"), age);
      case "nodes" -> nodes(name, age);
      case "services" -> services(name, age);
      case "secrets" -> List.of(name, text("Type", "/type"), size("Data", "/data"), age);
      case "configmaps" -> List.of(name, size("Data", "/data"), age);
      case "leases" -> List.of(name, text("Holder", "/spec/holderIdentity"), age);
      case "horizontalpodautoscalers" -> autoscalers(name, age);
      case "poddisruptionbudgets" ->
          List.of(
              name,
              orNone("Min Available", "/spec/minAvailable", "N/A"),
              orNone("Max Unavailable", "/spec/maxUnavailable", "N/A"),
              number("Allowed Disruptions", "/status/disruptionsAllowed"),
              age);
      default -> List.of(name, age);
    };
  }

  private static Column text(String heading, String pointer) {
    return Column.of(heading, object -> Json.text(object, pointer));
  }

  private static Column number(String heading, String pointer) {
    return Column.of(heading, object -> Json.number(object, pointer, 0));
  }

  private static Column size(String heading, String pointer) {
    return Column.of(heading, object -> object.at(pointer).size());
  }

  private static Column orNone(String heading, String pointer, String none) {
    return Column.of(
        heading,
        object -> {
          String text = Json.text(object, pointer);
          return text.isEmpty() ? none : text;
        });
  }

  private static List<Column> deployments(Column name, Column age) {
    Column ready =
        Column.of(
            "Ready",
            object ->
                "%d/%d"
                    .formatted(
                        Json.number(object, "/status/readyReplicas", 0),
                        Json.number(object, "/spec/replicas", 0)));
    List<Column> columns =
        new ArrayList<>(
            List.of(
                name,
                ready,
                number("Up-to-date", "/status/updatedReplicas"),
                number("Available", "/status/availableReplicas"),
                age));
    columns.addAll(template());
    return columns;
  }

  private static List<Column> replicaSets(Column name, Column age) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                name,
                number("Desired", "/spec/replicas"),
                number("Current", "/status/replicas"),
                number("Ready", "/status/readyReplicas"),
                age));
    columns.addAll(template());
    return columns;
  }

  private static List<Column> template() {
    return List.of(
        Column.wide("Containers", object -> containers(object, "name")),
        Column.wide("Images", object -> containers(object, "image")),
        Column.wide("Selector", object -> labels(object.at("/spec/selector/matchLabels"))));
  }

  private static String containers(JsonNode object, String field) {
    return Json.each(object.at("/spec/template/spec/containers"))
        .map(container -> container.path(field).asText())
        .collect(Collectors.joining(","));
  }

  private static String labels(JsonNode labels) {
    String text =
        labels.properties().stream()
            .map(label -> label.getKey() + "=" + label.getValue().asText())
            .collect(Collectors.joining(","));
    return text.isEmpty() ? "<none>" : text;
  }

  private static String nodeStatus(JsonNode node) {
    boolean ready =
        Json.each(node.at("/status/conditions"))
            .filter(one -> one.path("type").asText().equals("Ready"))
            .anyMatch(one -> one.path("status").asText().equals("True"));
    boolean closed = node.at("/spec/unschedulable").asBoolean();
    return (ready ? "Ready" : "NotReady") + (closed ? ",SchedulingDisabled" : "");
  }

  private static List<Column> nodes(Column name, Column age) {
    return List.of(
        name,
        Column.of("Status", Columns::nodeStatus),
        Column.of("Roles", node -> "<none>"),
        age,
        text("Version", "/status/nodeInfo/kubeletVersion"));
  }

  private static List<Column> services(Column name, Column age) {
    Function<JsonNode, Object> ports =
        service ->
            Json.each(service.at("/spec/ports"))
                .map(port -> port.path("port").asText() + "/" + port.path("protocol").asText())
                .collect(Collectors.joining(","));
    return List.of(
        name,
        text("Type", "/spec/type"),
        text("Cluster-IP", "/spec/clusterIP"),
        Column.of("External-IP", service -> "<none>"),
        Column.of("Port(s)", ports),
        age,
        Column.wide("Selector", service -> labels(service.at("/spec/selector"))));
  }

  private static List<Column> autoscalers(Column name, Column age) {
    Function<JsonNode, Object> reference =
        one ->
            Json.text(one, "/spec/scaleTargetRef/kind")
                + "/"
                + Json.text(one, "/spec/scaleTargetRef/name");
    return List.of(
        name,
        Column.of("Reference", reference),
        Column.of("Targets", one -> "<unknown>"),
        orNone("MinPods", "/spec/minReplicas", "1"),
        number("MaxPods", "/spec/maxReplicas"),
        number("Replicas", "/status/currentReplicas"),
        age);
  }
}
