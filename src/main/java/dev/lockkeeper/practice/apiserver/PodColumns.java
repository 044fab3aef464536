package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.practice.apiserver.Table.Column;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The columns of {@code kubectl get pods}: STATUS is more than the phase. */
final class PodColumns {
  private PodColumns() {}

  static List<Column> of(Column name, Column age, Instant now) {
    return List.of(
        name,
        Column.of("Ready", PodColumns::ready),
        Column.of("Status", PodColumns::status),
        Column.of("Restarts", pod -> restarts(pod, now)),
        age,
        Column.wide("IP", pod -> orNone(pod, "/status/podIP")),
        Column.wide("Node", pod -> orNone(pod, "/spec/nodeName")),
        Column.wide("Nominated Node", pod -> orNone(pod, "/status/nominatedNodeName")),
        Column.wide("Readiness Gates", pod -> "<none>"));
  }

  private static String orNone(JsonNode pod, String pointer) {
    String text = Json.text(pod, pointer);
    return text.isEmpty() ? "<none>" : text;
  }

  private static Stream<JsonNode> containers(JsonNode pod) {
    return Json.each(pod.at("/status/containerStatuses"));
  }

  private static String ready(JsonNode pod) {
    Predicate<JsonNode> ready = one -> one.path("ready").asBoolean();
    return "%d/%d"
        .formatted(containers(pod).filter(ready).count(), pod.at("/spec/containers").size());
  }

  static String status(JsonNode pod) {
    if (pod.at("/metadata/deletionTimestamp").isTextual()) {
      return "Terminating";
    }
    return containers(pod)
        .map(PodColumns::reason)
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .orElse(Json.text(pod, "/status/phase"));
  }

  private static String reason(JsonNode container) {
    String waiting = Json.text(container, "/state/waiting/reason");
    return waiting.isEmpty() ? Json.text(container, "/state/terminated/reason") : waiting;
  }

  private static String restarts(JsonNode pod, Instant now) {
    int count = containers(pod).mapToInt(one -> Json.number(one, "/restartCount", 0)).sum();
    return containers(pod)
        .filter(one -> count > 0 && one.at("/lastState/terminated/finishedAt").isTextual())
        .map(one -> Age.since(one, "/lastState/terminated/finishedAt", now))
        .findFirst()
        .map(age -> count + " (" + age + " ago)")
        .orElse(Integer.toString(count));
  }
}
