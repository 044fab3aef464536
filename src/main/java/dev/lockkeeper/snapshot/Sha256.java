package dev.lockkeeper.snapshot;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A short value that stands for a text.
 *
 * @param hex 64 hexadecimal digits
 */
public record Sha256(String hex) {
  public static Sha256 of(byte[] text) {
    try {
      return new Sha256(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The 32 bytes that the digits stand for. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
