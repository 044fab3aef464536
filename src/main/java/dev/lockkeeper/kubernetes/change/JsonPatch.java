package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A JSON patch (RFC 6902): tests of what was seen, then the change; the server does all or none.
 */
final class JsonPatch {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ArrayNode operations = NODES.arrayNode();

  JsonPatch test(String path, JsonNode value) {
    return add("test", path, value);
  }

  JsonPatch test(String path, String value) {
    return test(path, NODES.textNode(value));
  }

  JsonPatch test(String path, long value) {
    return test(path, NODES.numberNode(value));
  }

  JsonPatch replace(String path, String value) {
    return add("replace", path, NODES.textNode(value));
  }

  JsonPatch replace(String path, JsonNode value) {
    return add("replace", path, value);
  }

  /** Puts the value there, whether or not there was one before. */
  JsonPatch put(String path, long value) {
    return put(path, NODES.numberNode(value));
  }

  /** Puts the value there, whether or not there was one before. */
  JsonPatch put(String path, JsonNode value) {
    return add("add", path, value);
  }

  /** Takes away what is there; the server refuses when nothing is. */
  JsonPatch remove(String path) {
    operations.addObject().put("op", "remove").put("path", path);
    return this;
  }

  private JsonPatch add(String operation, String path, JsonNode value) {
    operations.addObject().put("op", operation).put("path", path).set("value", value);
    return this;
  }

  @Override
  public String toString() {
    return operations.toString();
  }
}
