package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;

/** Reads the object that a client sent, in whatever form. */
final class Body {
  private Body() {}

  /** The object; fails with 400 or 415. */
  static ObjectNode read(Call call) {
    String type = call.headers().contentType();
    if (type.startsWith("application/vnd.kubernetes.protobuf")) {
      throw new Failure(
          415, "UnsupportedMediaType", "the body of the request was in an unknown format");
    }
    try {
      boolean yaml = type.contains("yaml");
      JsonNode tree =
          yaml ? new YAMLMapper().readTree(call.body()) : Json.MAPPER.readTree(call.body());
      if (tree instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException bad) {
      throw Failure.badRequest("the object provided is unrecognized: " + bad.getOriginalMessage());
    } catch (IOException bad) {
      throw Failure.badRequest("the object provided is unrecognized");
    }
    throw Failure.badRequest("the object provided is unrecognized");
  }
}
