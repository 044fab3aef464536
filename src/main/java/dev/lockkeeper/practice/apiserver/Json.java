package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.parsing.YamlNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Kubernetes objects as JSON trees: writing them down shortly, and reading them. */
public final class Json {
  /** Reads and writes all JSON of the practice cluster. */
  public static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** An object of alternating names and values; a value is a node or anything Jackson can write. */
  public static ObjectNode object(Object... namesAndValues) {
    ObjectNode node = MAPPER.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      JsonNode tree = value instanceof JsonNode json ? json : MAPPER.valueToTree(value);
      node.set((String) namesAndValues[i], tree);
    }
    return node;
  }

  /** What a scenario writes as YAML; it has to be a map. */
  public static ObjectNode of(YamlNode node) {
    return MAPPER.valueToTree(node.map().tree());
  }

  /** An array of nodes. */
  public static ArrayNode array(List<? extends JsonNode> items) {
    ArrayNode array = MAPPER.createArrayNode();
    array.addAll(items);
    return array;
  }

  /** The text at a JSON pointer, or the empty text. */
  public static String text(JsonNode node, String pointer) {
    return node.at(pointer).asText("");
  }

  /** The whole number at a JSON pointer, or the given one. */
  public static int number(JsonNode node, String pointer, int otherwise) {
    return node.at(pointer).asInt(otherwise);
  }

  /** The object of this name inside another; made when it is not there. */
  public static ObjectNode child(ObjectNode parent, String name) {
    JsonNode existing = parent.get(name);
    return existing instanceof ObjectNode object ? object : parent.putObject(name);
  }

  /** What a merge patch makes of an object; both stay as they are. */
  public static JsonNode merged(JsonNode target, JsonNode patch) {
    return Merge.PLAIN.merge(target, patch);
  }

  /** The metadata of an object; made when it is not there. */
  public static ObjectNode metadata(ObjectNode object) {
    return child(object, "metadata");
  }

  /** The elements of an array, or the values of an object, in order; nothing for anything else. */
  public static Stream<JsonNode> each(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  /** An object's {@code metadata.name}. */
  public static String name(JsonNode object) {
    return text(object, "/metadata/name");
  }

  /** An object's {@code metadata.namespace}; empty when it has none. */
  public static String namespace(JsonNode object) {
    return text(object, "/metadata/namespace");
  }

  /** An object's {@code metadata.uid}. */
  public static String uid(JsonNode object) {
    return text(object, "/metadata/uid");
  }

  /** A time as Kubernetes writes it: in seconds. */
  public static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
