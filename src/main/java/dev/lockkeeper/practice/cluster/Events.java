package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Store;
import dev.lockkeeper.practice.apiserver.Write;
import java.util.HashMap;
import java.util.Map;

/** Writes events; one that happens again is counted and not written twice. */
final class Events {
  private final Store store;
  private final Map<Same, String> written = new HashMap<>();
  private long last;

  Events(Store store) {
    this.store = store;
  }

  /**
   * Who tells.
   *
   * @param component such as kubelet
   * @param host the node; empty for controllers
   */
  record Source(String component, String host) {
    static Source controller(String component) {
      return new Source(component, "");
    }
  }

  /**
   * What is told.
   *
   * @param type Normal or Warning
   * @param reason one word
   * @param message a sentence
   */
  record Told(String type, String reason, String message) {
    static Told normal(String reason, String message) {
      return new Told("Normal", reason, message);
    }

    static Told warning(String reason, String message) {
      return new Told("Warning", reason, message);
    }
  }

  private record Same(String uid, String fieldPath, Source source, Told told) {}

  /** Tells something about an object. */
  void tell(JsonNode object, Source source, Told told) {
    tell(object, "", source, told);
  }

  /** Tells something about a part of an object, such as {@code spec.containers{coder}}. */
  void tell(JsonNode object, String fieldPath, Source source, Told told) {
    Same same = new Same(Json.uid(object), fieldPath, source, told);
    String namespace = Json.namespace(object).isEmpty() ? "default" : Json.namespace(object);
    String now = Json.time(store.now());
    Write write = Write.by(source.component());
    String known = written.get(same);
    Key key = new Key(Resources.EVENTS, namespace, known == null ? "" : known);
    if (known != null && store.find(key).isPresent()) {
      store.update(key, write, event -> again(event, now));
      return;
    }
    ObjectNode event = event(object, fieldPath, source, told, now);
    written.put(same, Json.name(event));
    store.create(Resources.EVENTS, namespace, event, write);
  }

  private static ObjectNode again(ObjectNode event, String now) {
    event.put("count", Json.number(event, "/count", 1) + 1);
    return event.put("lastTimestamp", now);
  }

  private ObjectNode event(
      JsonNode object, String fieldPath, Source source, Told told, String now) {
    last = Math.max(last + 1, System.nanoTime());
    ObjectNode involved =
        Json.object(
            "kind", Json.text(object, "/kind"),
            "namespace", Json.namespace(object),
            "name", Json.name(object),
            "uid", Json.uid(object),
            "apiVersion", Json.text(object, "/apiVersion"),
            "resourceVersion", Json.text(object, "/metadata/resourceVersion"));
    if (!fieldPath.isEmpty()) {
      involved.put("fieldPath", fieldPath);
    }
    ObjectNode from = Json.object("component", source.component());
    if (!source.host().isEmpty()) {
      from.put("host", source.host());
    }
    ObjectNode metadata = Json.object("name", Json.name(object) + "." + Long.toHexString(last));
    ObjectNode event = Json.object("metadata", metadata, "involvedObject", involved);
    event.put("type", told.type()).put("reason", told.reason()).put("message", told.message());
    event.set("source", from);
    event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
    event.putNull("eventTime").put("reportingComponent", source.component());
    return event.put("reportingInstance", source.host());
  }
}
