package dev.lockkeeper.practice.coderd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The text files that come with this package. */
final class TextFiles {
  private TextFiles() {}

  static String text(String name) {
    try (InputStream content = TextFiles.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalStateException("missing from this build: " + name);
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static List<String> lines(String name) {
    return text(name).lines().filter(line -> !line.isBlank()).toList();
  }

  /** The statements of a file in which each ends with a semicolon at the end of a line. */
  static List<String> statements(String name) {
    return Arrays.stream(text(name).split(";\\R"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }
}
