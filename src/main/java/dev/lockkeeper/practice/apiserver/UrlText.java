package dev.lockkeeper.practice.apiserver;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text in URLs. */
final class UrlText {
  private UrlText() {}

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
