package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads what client-go sends as protobuf: an envelope with the kind, and the object inside.
 *
 * <pre>
 *   "k8s" 0  { 1: { 1: apiVersion, 2: kind }, 2: object }
 * </pre>
 */
final class Protobuf {
  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private final ProtobufFields fields;

  Protobuf(ProtobufFields fields) {
    this.fields = fields;
  }

  /** The object as JSON; fails with 415 for a kind that is not known, and with 400 for nonsense. */
  ObjectNode read(byte[] bytes) {
    if (bytes.length < 4 || !Arrays.equals(Arrays.copyOf(bytes, 4), MAGIC)) {
      throw Failure.badRequest("provided data does not appear to be a protobuf message");
    }
    try {
      return envelope(ByteBuffer.wrap(bytes, 4, bytes.length - 4).slice());
    } catch (BufferUnderflowException | IllegalArgumentException broken) {
      throw Failure.badRequest("provided data does not appear to be a protobuf message");
    }
  }

  private ObjectNode envelope(ByteBuffer in) {
    String apiVersion = "";
    String kind = "";
    ByteBuffer object = ByteBuffer.allocate(0);
    while (in.hasRemaining()) {
      Part part = part(in);
      if (part.number() == 1) {
        while (part.bytes().hasRemaining()) {
          Part inside = part(part.bytes());
          apiVersion = inside.number() == 1 ? text(inside.bytes()) : apiVersion;
          kind = inside.number() == 2 ? text(inside.bytes()) : kind;
        }
      } else if (part.number() == 2) {
        object = part.bytes();
      }
    }
    if (!fields.knows(kind)) {
      throw Failure.unsupportedMediaType();
    }
    return message(kind, object).put("apiVersion", apiVersion).put("kind", kind);
  }

  /** A field as it stands on the wire: a number or bytes. */
  private record Part(int number, long value, ByteBuffer bytes) {}

  private static Part part(ByteBuffer in) {
    long tag = variable(in);
    int number = (int) (tag >>> 3);
    ByteBuffer none = ByteBuffer.allocate(0);
    return switch ((int) (tag & 7)) {
      case 0 -> new Part(number, variable(in), none);
      case 1 -> new Part(number, in.getLong(), none);
      case 2 -> new Part(number, 0, slice(in, (int) variable(in)));
      case 5 -> new Part(number, in.getInt(), none);
      default -> throw new IllegalArgumentException("unknown wire type");
    };
  }

  private static ByteBuffer slice(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer part = in.slice().limit(length);
    in.position(in.position() + length);
    return part;
  }

  private static long variable(ByteBuffer in) {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      result |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return result;
      }
    }
    throw new IllegalArgumentException("number is too long");
  }

  private ObjectNode message(String name, ByteBuffer in) {
    ObjectNode object = Json.object();
    while (in.hasRemaining()) {
      Part part = part(in);
      fields.find(name, part.number()).ifPresent(field -> put(object, field, part));
    }
    return object;
  }

  private void put(ObjectNode object, ProtobufFields.Field field, Part part) {
    switch (field.shape()) {
      case ONE -> {
        JsonNode value = value(field.type(), part);
        // Go writes empty texts that JSON leaves out.
        if (!value.isTextual() || !value.asText().isEmpty()) {
          object.set(field.name(), value);
        }
      }
      case LIST -> object.withArray("/" + field.name()).add(value(field.type(), part));
      case MAP -> entry(Json.child(object, field.name()), field.type(), part.bytes());
    }
  }

  private void entry(ObjectNode map, String type, ByteBuffer in) {
    String key = "";
    JsonNode value = TextNode.valueOf("");
    while (in.hasRemaining()) {
      Part part = part(in);
      key = part.number() == 1 ? text(part.bytes()) : key;
      value = part.number() == 2 ? value(type, part) : value;
    }
    map.set(key, value);
  }

  private JsonNode value(String type, Part part) {
    return switch (type) {
      case "string" -> TextNode.valueOf(text(part.bytes()));
      case "bytes" -> TextNode.valueOf(base64(part.bytes()));
      case "number" -> IntNode.valueOf((int) part.value());
      case "flag" -> BooleanNode.valueOf(part.value() != 0);
      case "time" -> TextNode.valueOf(time(part.bytes()));
      default -> message(type, part.bytes());
    };
  }

  private static String time(ByteBuffer in) {
    Instant time = Instant.EPOCH;
    while (in.hasRemaining()) {
      Part part = part(in);
      time = part.number() == 1 ? time.plusSeconds(part.value()) : time.plusNanos(part.value());
    }
    return time.toString();
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static String base64(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(bytes)).toString();
  }
}
