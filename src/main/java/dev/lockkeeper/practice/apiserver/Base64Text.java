package dev.lockkeeper.practice.apiserver;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text as Secrets keep it. */
public final class Base64Text {
  private Base64Text() {}

  /** Text to base64. */
  public static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Base64 to text. */
  public static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
