package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sets of fields as Kubernetes writes them (FieldsV1).
 *
 * <pre>
 *   {"f:spec": {"f:replicas": {}, "f:containers": {"k:{\"name\":\"coder\"}": {"f:image": {}}}}}
 * </pre>
 */
final class OwnedFields {
  private static final Set<String> SERVER_OWNED =
      Set.of(
          "managedFields",
          "resourceVersion",
          "uid",
          "creationTimestamp",
          "generation",
          "name",
          "namespace",
          "selfLink");

  private OwnedFields() {}

  /** The fields that are new or different in an object. */
  static ObjectNode changed(JsonNode before, JsonNode after) {
    ObjectNode set = Json.object();
    for (Map.Entry<String, JsonNode> field : after.properties()) {
      boolean identity = Set.of("apiVersion", "kind").contains(field.getKey());
      if (!identity) {
        compare(set, "f:" + field.getKey(), before.path(field.getKey()), field.getValue());
      }
    }
    if (set.get("f:metadata") instanceof ObjectNode metadata) {
      SERVER_OWNED.forEach(name -> metadata.remove("f:" + name));
      if (metadata.isEmpty()) {
        set.remove("f:metadata");
      }
    }
    return set;
  }

  private static void compare(ObjectNode set, String name, JsonNode before, JsonNode after) {
    if (after.equals(before)) {
      return;
    }
    ObjectNode inside = Json.object();
    if (after.isObject()) {
      after
          .properties()
          .forEach(
              field ->
                  compare(
                      inside,
                      "f:" + field.getKey(),
                      before.path(field.getKey()),
                      field.getValue()));
    } else if (after instanceof ArrayNode items) {
      items.forEach(item -> key(item).ifPresent(key -> compareItem(inside, key, before, item)));
    }
    set.set(name, inside);
  }

  private static void compareItem(ObjectNode set, String key, JsonNode before, JsonNode item) {
    JsonNode old =
        Json.each(before)
            .filter(one -> key(one).filter(key::equals).isPresent())
            .findFirst()
            .orElse(Json.object());
    compare(set, key, old, item);
  }

  /** A step of a path as Kubernetes shows it: {@code .spec}, {@code [name="coder"]}. */
  static String step(String key) {
    return key.startsWith("f:")
        ? "." + key.substring(2)
        : key.replaceFirst("^k:\\{\"(\\w+)\":(.*)}$", "[$1=$2]");
  }

  /** What a key of a set leads to in an object; missing when there is nothing. */
  static JsonNode within(JsonNode object, String key) {
    return key.startsWith("f:")
        ? object.path(key.substring(2))
        : Json.each(object)
            .filter(item -> key(item).filter(key::equals).isPresent())
            .findFirst()
            .orElse(MissingNode.getInstance());
  }

  /** How an element of a list is told from the others; empty when only its place tells. */
  private static Optional<String> key(JsonNode item) {
    for (String name : new String[] {"name", "type", "containerPort", "mountPath", "uid"}) {
      if (item.has(name)) {
        return Optional.of("k:" + Json.object(name, item.get(name)));
      }
    }
    return Optional.empty();
  }

  /** Adds all of one set to another. */
  static void add(ObjectNode set, ObjectNode more) {
    for (Map.Entry<String, JsonNode> field : more.properties()) {
      ObjectNode inside = Json.child(set, field.getKey());
      add(inside, (ObjectNode) field.getValue());
    }
  }

  /** Takes out the fields that an object does not have any more. */
  static void prune(ObjectNode set, JsonNode object) {
    set.properties().removeIf(field -> gone(field, object));
  }

  private static boolean gone(Map.Entry<String, JsonNode> field, JsonNode object) {
    boolean named = field.getKey().startsWith("f:") && object.isObject();
    if (!named || field.getValue().isEmpty()) {
      return named && !object.has(field.getKey().substring(2));
    }
    ObjectNode inside = (ObjectNode) field.getValue();
    prune(inside, object.path(field.getKey().substring(2)));
    return inside.isEmpty() || !object.has(field.getKey().substring(2));
  }

  /** Takes the leaves of one set out of another. */
  static void remove(ObjectNode set, ObjectNode gone) {
    Iterator<Map.Entry<String, JsonNode>> fields = set.properties().iterator();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (gone.get(field.getKey()) instanceof ObjectNode inside) {
        ObjectNode mine = (ObjectNode) field.getValue();
        remove(mine, inside);
        if (mine.isEmpty()) {
          fields.remove();
        }
      }
    }
  }
}
