package dev.lockkeeper.view;

import java.util.stream.Collectors;

/**
 * Text as it leaves for a clipboard or a file: inert as on the screen, line by line, and not cut.
 */
public final class TakenText {
  /** Shorter than what is cut on a screen. */
  private static final int PIECE = Shown.LIMIT / 2;

  private TakenText() {}

  /** This text, made inert; its line breaks stay. */
  public static String of(String raw) {
    return raw.lines().map(TakenText::line).collect(Collectors.joining("\n"));
  }

  private static String line(String raw) {
    StringBuilder line = new StringBuilder();
    int end;
    for (int at = 0; at < raw.length(); at = end) {
      end = Math.min(raw.length(), at + PIECE);
      boolean halved = end < raw.length() && Character.isLowSurrogate(raw.charAt(end));
      end = halved ? end - 1 : end;
      line.append(Shown.of(raw.substring(at, end)).text());
    }
    return line.toString();
  }
}
