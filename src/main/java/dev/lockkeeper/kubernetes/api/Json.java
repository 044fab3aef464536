package dev.lockkeeper.kubernetes.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Reads the objects of the API, of which a newer server may say more than we know. */
public final class Json {
  public static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Json() {}

  /** Text that should be JSON; a missing node when it is none. */
  public static JsonNode parsed(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * One object.
   *
   * @throws ApiException when the text is not such an object
   */
  public static <T> T read(JsonNode node, Class<T> type) throws ApiException {
    String kind = node.path("kind").asText();
    // Within a list and within an object nobody says again what it is.
    if (HasMetadata.class.isAssignableFrom(type)
        && (!node.path("metadata").isObject()
            || !kind.isEmpty() && !kind.equals(type.getSimpleName()))) {
      throw new ApiException(
          "the API server sent %s where a %s was asked for"
              .formatted(kind.isEmpty() ? "something else" : "a " + kind, type.getSimpleName()));
    }
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new ApiException(
          "the API server sent a " + type.getSimpleName() + " that cannot be read");
    }
  }
}
