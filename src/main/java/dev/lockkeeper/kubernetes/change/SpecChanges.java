package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.lockkeeper.kubernetes.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is different between an object and what the server would make of it.
 *
 * <pre>
 *   livenessProbe {"httpGet":{"path":"/healthz"}} -> none
 *   also changed: spec.template.spec.containers[coder].imagePullPolicy IfNotPresent -> Always
 * </pre>
 */
final class SpecChanges {
  /** More would hide what matters. */
  private static final int MOST = 5;

  private static final int LONGEST = 300;

  private final Map<String, String> found = new TreeMap<>();

  private SpecChanges() {}

  /**
   * The lines, those that were meant first.
   *
   * @param meant the places where a change is meant, as JSON pointers
   */
  static List<String> between(JsonNode before, JsonNode after, List<String> meant) {
    List<String> lines = new ArrayList<>();
    for (String place : meant) {
      JsonNode from = value(before, place);
      JsonNode to = value(after, place);
      if (!from.equals(to)) {
        lines.add(name(place) + " " + spoken(from) + " -> " + spoken(to));
      }
    }
    if (lines.isEmpty()) {
      lines.add("nothing would change");
    }
    SpecChanges others = new SpecChanges();
    for (String part : List.of("/spec", "/metadata/labels", "/metadata/annotations")) {
      others.compare(map(before.at(part)), map(after.at(part)), part, part, meant);
    }
    lines.addAll(others.lines());
    return lines;
  }

  /** What stands there. A Scale leaves out a count of zero. */
  private static JsonNode value(JsonNode object, String place) {
    JsonNode value = object.at(place);
    return value.isMissingNode()
            && place.equals("/spec/replicas")
            && object.path("kind").asText().equals("Scale")
        ? IntNode.valueOf(0)
        : value;
  }

  private List<String> lines() {
    List<String> lines =
        found.entrySet().stream()
            .limit(MOST)
            .map(entry -> "also changed: " + entry.getKey() + " " + entry.getValue())
            .collect(Collectors.toCollection(ArrayList::new));
    if (found.size() > MOST) {
      lines.add("also changed: %d more places".formatted(found.size() - MOST));
    }
    return lines;
  }

  /**
   * @param pointer where this is
   * @param shown the same for a person: with names of containers instead of their places
   */
  private void compare(
      JsonNode before, JsonNode after, String pointer, String shown, List<String> meant) {
    if (before.equals(after) || meant.contains(pointer)) {
      return;
    }
    boolean objects = before.isObject() && after.isObject();
    boolean lists = before.isArray() && after.isArray() && before.size() == after.size();
    if (objects) {
      Map<String, JsonNode> fields = new TreeMap<>();
      before.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      after.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      fields
          .keySet()
          .forEach(
              field ->
                  compare(
                      before.path(field),
                      after.path(field),
                      pointer + "/" + field.replace("~", "~0").replace("/", "~1"),
                      shown + "." + field,
                      meant));
    } else if (lists) {
      for (int i = 0; i < before.size(); i++) {
        String each = after.path(i).path("name").asText(String.valueOf(i));
        compare(before.path(i), after.path(i), pointer + "/" + i, shown + "[" + each + "]", meant);
      }
    } else if (!empty(before) || !empty(after)) {
      found.put(shown.substring(1).replace('/', '.'), spoken(before) + " -> " + spoken(after));
    }
  }

  private static JsonNode map(JsonNode node) {
    return node.isObject() ? node : Json.MAPPER.createObjectNode();
  }

  private static boolean empty(JsonNode node) {
    return node.isMissingNode() || node.isNull() || node.isContainerNode() && node.isEmpty();
  }

  private static String name(String pointer) {
    String last = pointer.substring(pointer.lastIndexOf('/') + 1);
    return (pointer.startsWith("/metadata/annotations/") ? "annotation " : "")
        + last.replace("~1", "/").replace("~0", "~");
  }

  private static String spoken(JsonNode node) {
    String text = empty(node) ? "none" : node.isTextual() ? node.asText() : node.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }
}
