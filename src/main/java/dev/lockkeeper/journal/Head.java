package dev.lockkeeper.journal;

import dev.lockkeeper.snapshot.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Where a journal ends: enough to tell later, from elsewhere, that nothing before it was changed
 * and nothing was cut off.
 *
 * @param hash the SHA-256 of the last line, 64 hexadecimal digits; of a journal without lines, that
 *     of the run's name
 * @param lines how many lines there are up to it
 */
public record Head(String hash, int lines) {
  /** The head of a run's journal before its first line. */
  public static Head of(String run) {
    return new Head(hash(run.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /** The head after one more line, whose hash this is. */
  public Head then(String lineHash) {
    return new Head(lineHash, lines + 1);
  }

  /** The SHA-256 of a line without its end, 64 hexadecimal digits. */
  public static String hash(byte[] line) {
    return Sha256.of(line).hex();
  }
}
