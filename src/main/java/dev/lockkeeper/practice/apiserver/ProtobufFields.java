package dev.lockkeeper.practice.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which field of which protobuf message is which field of JSON.
 *
 * @param messages the fields of each message by their numbers
 */
record ProtobufFields(Map<String, Map<Integer, Field>> messages) {

  /** How often a field may occur, and how. */
  enum Shape {
    ONE,
    LIST,
    MAP
  }

  /**
   * One field.
   *
   * @param name its name in JSON
   * @param type a word of the file, or a message
   */
  record Field(String name, Shape shape, String type) {}

  /** Reads the list that is part of the program. */
  static ProtobufFields bundled() {
    try (InputStream in = ProtobufFields.class.getResourceAsStream("protobuf-fields.txt")) {
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static ProtobufFields read(String text) {
    Map<String, Map<Integer, Field>> messages = new HashMap<>();
    Map<Integer, Field> fields = new HashMap<>();
    for (String line : text.split("\n")) {
      boolean words = !line.isBlank() && !line.startsWith("#");
      if (words && line.startsWith(" ")) {
        String[] parts = line.strip().split(" ");
        fields.put(Integer.parseInt(parts[0]), field(parts));
      } else if (words) {
        fields = new HashMap<>();
        messages.put(line.strip(), fields);
      }
    }
    return new ProtobufFields(messages);
  }

  private static Field field(String[] parts) {
    return switch (parts[2]) {
      case "list" -> new Field(parts[1], Shape.LIST, parts[3]);
      case "map" -> new Field(parts[1], Shape.MAP, parts[3]);
      default -> new Field(parts[1], Shape.ONE, parts[2]);
    };
  }

  boolean knows(String message) {
    return messages.containsKey(message);
  }

  Optional<Field> find(String message, int number) {
    return Optional.ofNullable(messages.getOrDefault(message, Map.of()).get(number));
  }
}
