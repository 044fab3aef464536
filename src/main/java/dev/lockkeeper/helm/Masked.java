package dev.lockkeeper.helm;

import java.util.regex.Pattern;

/** What helm printed, without what looks like a password. */
final class Masked {
  private static final Pattern IN_URL = Pattern.compile("(://[^/\\s:@]*):[^@\\s]+@");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:password|passwd|secret|token|api[_-]?key|authorization)[\"']?\\s*[:=]\\s*)\\S.*");

  private Masked() {}

  static String text(String line) {
    return NAMED.matcher(IN_URL.matcher(line).replaceAll("$1:…@")).replaceAll("$1…");
  }
}
