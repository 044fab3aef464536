package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays a patch over an object. */
enum Merge {
  /** RFC 7386. */
  PLAIN,
  /** With Kubernetes' merge keys and its {@code $patch} directives. */
  STRATEGIC;

  /** By which field the elements of a list are told apart; other lists are replaced. */
  private static final Map<String, List<String>> MERGE_KEYS =
      Map.of(
          "containers", List.of("name"),
          "initContainers", List.of("name"),
          "ephemeralContainers", List.of("name"),
          "volumes", List.of("name"),
          "env", List.of("name"),
          "imagePullSecrets", List.of("name"),
          "volumeMounts", List.of("mountPath"),
          "ports", List.of("containerPort", "port"),
          "conditions", List.of("type"),
          "ownerReferences", List.of("uid"));

  JsonNode merge(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    boolean replace = this == STRATEGIC && directive(patch).equals("replace");
    boolean keep = target instanceof ObjectNode && !replace;
    ObjectNode result = keep ? (ObjectNode) target.deepCopy() : Json.object();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String name = field.getKey();
      if (this == STRATEGIC && name.startsWith("$")) {
        directiveField(result, name, field.getValue());
      } else if (field.getValue().isNull() || isDeletion(field.getValue())) {
        result.remove(name);
      } else {
        result.set(name, value(name, result.path(name), field.getValue()));
      }
    }
    return result;
  }

  private boolean isDeletion(JsonNode value) {
    return this == STRATEGIC && value.isObject() && directive(value).equals("delete");
  }

  private static String directive(JsonNode patch) {
    return patch.path("$patch").asText();
  }

  /**
   * {@code $retainKeys} drops all fields but those, {@code $deleteFromPrimitiveList/x} elements.
   */
  private static void directiveField(ObjectNode result, String name, JsonNode value) {
    if (name.equals("$retainKeys")) {
      result.retain(Json.each(value).map(JsonNode::asText).toList());
    }
    String list = name.replaceFirst("\\$deleteFromPrimitiveList/", "");
    if (!list.equals(name) && result.get(list) instanceof ArrayNode items) {
      List<JsonNode> gone = Json.each(value).toList();
      result.set(list, Json.array(Json.each(items).filter(one -> !gone.contains(one)).toList()));
    }
  }

  private JsonNode value(String name, JsonNode target, JsonNode patch) {
    Optional<String> key = mergeKey(name, patch);
    if (this == STRATEGIC && name.equals("finalizers") && target.isArray()) {
      return union(target, patch);
    }
    return key.isPresent() ? list(target, patch, key.get()) : merge(target, patch);
  }

  private Optional<String> mergeKey(String name, JsonNode patch) {
    if (this == PLAIN || !patch.isArray() || patch.isEmpty()) {
      return Optional.empty();
    }
    return MERGE_KEYS.getOrDefault(name, List.of()).stream()
        .filter(key -> Json.each(patch).anyMatch(item -> item.has(key)))
        .findFirst();
  }

  private JsonNode list(JsonNode target, JsonNode patch, String key) {
    boolean replace = Json.each(patch).anyMatch(item -> directive(item).equals("replace"));
    Map<String, JsonNode> items = new LinkedHashMap<>();
    if (!replace) {
      target.forEach(item -> items.put(item.path(key).asText(), item));
    }
    for (JsonNode item : patch) {
      String name = item.path(key).asText();
      if (directive(item).equals("delete")) {
        items.remove(name);
      } else if (item.has(key)) {
        items.put(name, merge(items.getOrDefault(name, Json.object()), item));
      }
    }
    return Json.array(new ArrayList<>(items.values()));
  }

  private static JsonNode union(JsonNode target, JsonNode patch) {
    List<JsonNode> items = new ArrayList<>(Json.each(target).toList());
    Json.each(patch).filter(item -> !items.contains(item)).forEach(items::add);
    return Json.array(items);
  }
}
