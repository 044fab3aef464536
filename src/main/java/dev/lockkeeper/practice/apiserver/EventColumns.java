package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.practice.apiserver.Table.Column;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The columns of {@code kubectl get events}. */
final class EventColumns {
  private EventColumns() {}

  static List<Column> of(Instant now) {
    return List.of(
        Column.of("Last Seen", event -> Age.since(event, "/lastTimestamp", now)),
        Column.of("Type", event -> Json.text(event, "/type")),
        Column.of("Reason", event -> Json.text(event, "/reason")),
        Column.of("Object", EventColumns::object),
        Column.wide("Subobject", event -> Json.text(event, "/involvedObject/fieldPath")),
        Column.wide("Source", EventColumns::source),
        Column.of("Message", event -> Json.text(event, "/message").strip()),
        Column.wide("First Seen", event -> Age.since(event, "/firstTimestamp", now)),
        Column.wide("Count", event -> Json.number(event, "/count", 1)),
        Column.wide("Name", Json::name));
  }

  private static String object(JsonNode event) {
    String kind = Json.text(event, "/involvedObject/kind").toLowerCase(Locale.ROOT);
    return kind + "/" + Json.text(event, "/involvedObject/name");
  }

  private static String source(JsonNode event) {
    String host = Json.text(event, "/source/host");
    String component = Json.text(event, "/source/component");
    return host.isEmpty() ? component : component + ", " + host;
  }
}
