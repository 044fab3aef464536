package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.util.Optional;

/** Conditions in the status of an object. */
final class Conditions {
  private Conditions() {}

  /** The condition of a type, if there is one. */
  static Optional<JsonNode> find(JsonNode status, String type) {
    return Json.each(status.path("conditions"))
        .filter(one -> one.path("type").asText().equals(type))
        .findFirst();
  }

  /** Whether a condition is True. */
  static boolean isTrue(JsonNode status, String type) {
    return find(status, type).filter(one -> one.path("status").asText().equals("True")).isPresent();
  }

  /** A condition; its transition time stays as it was while its status does. */
  static ObjectNode of(JsonNode statusBefore, String type, boolean holds, String now) {
    String text = holds ? "True" : "False";
    String since =
        find(statusBefore, type)
            .filter(one -> one.path("status").asText().equals(text))
            .map(one -> one.path("lastTransitionTime").asText())
            .orElse(now);
    return Json.object("type", type, "status", text, "lastTransitionTime", since);
  }
}
