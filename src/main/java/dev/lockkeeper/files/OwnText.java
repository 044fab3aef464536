package dev.lockkeeper.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a file that a person writes, which nobody makes larger than this. */
final class OwnText {
  static final int LARGEST = 1 << 20;

  private OwnText() {}

  /**
   * The whole text.
   *
   * @throws Malformed if it is too large, which is found out without reading it to its end
   * @throws java.nio.charset.CharacterCodingException if it is no text in UTF-8
   */
  static String of(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new Malformed(
            "%s: it is larger than %d bytes, and is not read: is it the right file?"
                .formatted(path, LARGEST));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }
}
