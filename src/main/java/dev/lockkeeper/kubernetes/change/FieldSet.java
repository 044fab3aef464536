package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.api.Json;
import java.util.Map;

/**
 * A set of fields as Kubernetes writes it (FieldsV1): a tree whose leaves are empty objects.
 *
 * <pre>
 *   {"f:spec": {"f:replicas": {}}}
 * </pre>
 *
 * @param tree the tree; it is never changed
 */
record FieldSet(JsonNode tree) {
  static final FieldSet NONE = new FieldSet(Json.MAPPER.createObjectNode());

  boolean isEmpty() {
    return tree.isEmpty();
  }

  /** The fields that both have. */
  FieldSet common(FieldSet other) {
    return new FieldSet(common(tree, other.tree));
  }

  private static ObjectNode common(JsonNode one, JsonNode other) {
    ObjectNode both = Json.MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> field : one.properties()) {
      JsonNode theirs = other.path(field.getKey());
      ObjectNode inside = common(field.getValue(), theirs);
      boolean leaf = field.getValue().isEmpty() && theirs.isObject() && theirs.isEmpty();
      if (leaf || !inside.isEmpty()) {
        both.set(field.getKey(), inside);
      }
    }
    return both;
  }

  /** The fields that one of the two has. */
  FieldSet with(FieldSet other) {
    ObjectNode all = tree.deepCopy();
    add(all, other.tree);
    return new FieldSet(all);
  }

  private static void add(ObjectNode all, JsonNode more) {
    more.properties()
        .forEach(field -> add(all.withObjectProperty(field.getKey()), field.getValue()));
  }

  /** These fields and not those of the other one. */
  FieldSet without(FieldSet other) {
    ObjectNode rest = tree.deepCopy();
    remove(rest, other.tree);
    return new FieldSet(rest);
  }

  private static void remove(ObjectNode rest, JsonNode gone) {
    for (Map.Entry<String, JsonNode> field : gone.properties()) {
      if (rest.get(field.getKey()) instanceof ObjectNode mine) {
        remove(mine, field.getValue());
        if (mine.isEmpty()) {
          rest.remove(field.getKey());
        }
      }
    }
  }
}
