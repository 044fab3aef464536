package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.io.IOException;
import java.util.stream.Stream;

/** The ways to say what shall be changed in an object, by their content types. */
enum Patch {
  /** A list of operations; one that fails refuses them all. */
  JSON("application/json-patch+json") {
    @Override
    JsonNode apply(JsonNode patch, JsonNode object) {
      try {
        return JsonPatch.apply(patch, object);
      } catch (JsonPatchException | IllegalArgumentException bad) {
        throw Failure.badPatch(bad.getMessage());
      }
    }
  },
  /** RFC 7386: lists are replaced as a whole. */
  MERGE("application/merge-patch+json") {
    @Override
    JsonNode apply(JsonNode patch, JsonNode object) {
      return Merge.PLAIN.merge(object, patch);
    }
  },
  /** Kubernetes' own: lists are merged by a key of their elements. */
  STRATEGIC("application/strategic-merge-patch+json") {
    @Override
    JsonNode apply(JsonNode patch, JsonNode object) {
      return Merge.STRATEGIC.merge(object, patch);
    }
  },
  /** Server-side apply: makes the object when it is not there. */
  APPLY("application/apply-patch+yaml") {
    @Override
    JsonNode apply(JsonNode patch, JsonNode object) {
      return Merge.STRATEGIC.merge(object, patch);
    }
  };

  private final String contentType;

  Patch(String contentType) {
    this.contentType = contentType;
  }

  abstract JsonNode apply(JsonNode patch, JsonNode object);

  /** The changed copy of an object. */
  ObjectNode changed(byte[] patch, ObjectNode object) {
    JsonNode result = apply(read(patch), object.deepCopy());
    if (result instanceof ObjectNode node) {
      return node;
    }
    throw Failure.badPatch("the result is not an object");
  }

  /** Reads what a client sent. */
  JsonNode read(byte[] patch) {
    try {
      return this == APPLY ? new YAMLMapper().readTree(patch) : Json.MAPPER.readTree(patch);
    } catch (JacksonException bad) {
      throw Failure.badRequest("error decoding patch: " + bad.getOriginalMessage());
    } catch (IOException bad) {
      throw Failure.badRequest("error decoding patch");
    }
  }

  static Patch of(String contentType) {
    return Stream.of(values())
        .filter(one -> contentType.startsWith(one.contentType))
        .findFirst()
        .orElseThrow(Failure::unsupportedMediaType);
  }
}
