package dev.lockkeeper.practice.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The questions to the database that come with this package. */
final class Questions {
  private Questions() {}

  static String text(String name) {
    try (InputStream file = Questions.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
