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
    return read(call.headers().contentType(), call.body());
  }

  /** The same, for a body of a content type. */
  static ObjectNode read(String type, byte[] body) {
    if (type.startsWith("application/vnd.kubernetes.protobuf")) {
      return new Protobuf(ProtobufFields.bundled()).read(body);
    }
    try {
      boolean yaml = type.contains("yaml");
      JsonNode tree = yaml ? new YAMLMapper().readTree(body) : Json.MAPPER.readTree(body);
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
