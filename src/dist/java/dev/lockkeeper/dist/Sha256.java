package dev.lockkeeper.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;

/** The sum by which whoever downloads an archive sees that it came whole. */
final class Sha256 {
  private Sha256() {}

  /** Writes it beside the archive, as {@code sha256sum -c} reads it. */
  static void beside(Path archive) throws IOException {
    try (InputStream bytes = Files.newInputStream(archive)) {
      String name = archive.getFileName().toString();
      Files.writeString(
          archive.resolveSibling(name + ".sha256"),
          "%s  %s%n".formatted(DigestUtils.sha256Hex(bytes), name));
    }
  }
}
