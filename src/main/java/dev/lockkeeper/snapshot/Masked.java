package dev.lockkeeper.snapshot;

import java.util.regex.Pattern;

/**
 * What another program said, without what looks like a password.
 *
 * @param text the line with each of them as an ellipsis
 */
public record Masked(String text) {
  private static final Pattern IN_URL = Pattern.compile("(://[^/\\s:@]*):\\S+@");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:password|passwd|secret|token|api[_-]?key|authorization)[\"']?\\s*[:=]\\s*)\\S.*");

  /** Of this line. Whatever is to be cut off is cut afterwards. */
  public static Masked of(String line) {
    return new Masked(NAMED.matcher(IN_URL.matcher(line).replaceAll("$1:…@")).replaceAll("$1…"));
  }
}
