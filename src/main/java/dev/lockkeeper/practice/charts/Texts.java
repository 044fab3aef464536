package dev.lockkeeper.practice.charts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The text files that come with this package, and YAML. */
final class Texts {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Texts() {}

  static String read(String name) {
    try (InputStream content = Texts.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalStateException("missing from this build: " + name);
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** A YAML document that is a map. */
  static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) YAML.readTree(text);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** An object as a YAML document, which begins with {@code ---}. */
  static String yaml(ObjectNode object) {
    try {
      return YAML.writeValueAsString(object);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
