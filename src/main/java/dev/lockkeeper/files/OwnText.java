package dev.lockkeeper.files;

import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Unreadable;
import java.nio.file.Path;

/** The text of a file that a person writes, which nobody makes larger than this. */
final class OwnText {
  static final int LARGEST = 1 << 20;

  private OwnText() {}

  /**
   * The whole text.
   *
   * @throws Malformed if it is not there, is no ordinary file, too large, or no text in UTF-8
   */
  static String of(Path path) {
    try {
      return OrdinaryFile.text(path, LARGEST);
    } catch (Unreadable e) {
      throw new Malformed("%s: %s: is it the right file?".formatted(path, e.getMessage()));
    }
  }
}
