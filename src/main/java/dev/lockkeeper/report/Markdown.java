package dev.lockkeeper.report;

import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Shown;
import dev.lockkeeper.view.Span;
import dev.lockkeeper.view.Style;
import java.util.stream.Collectors;

/**
 * Text for Markdown. What came from outside stands in code spans, in which nothing has a meaning:
 * no HTML, link, mention, image or table can come of it.
 */
final class Markdown {
  private Markdown() {}

  /** What came from outside, as a code span; nothing where there is nothing. */
  static String code(String raw) {
    String text = Shown.of(raw).text().strip();
    if (text.isEmpty()) {
      return "";
    }
    String fence = "`".repeat(longestRun(text) + 1);
    boolean edged = text.startsWith("`") || text.endsWith("`");
    String room = edged ? " " : "";
    return fence + room + text + room + fence;
  }

  /** A fence must be longer than any run of backticks within it. */
  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int at = 0; at < text.length(); at++) {
      run = text.charAt(at) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** A line of which the pieces in {@link Style#STRONG} came from outside. */
  static String of(Line line) {
    return line.spans().stream().map(Markdown::of).collect(Collectors.joining());
  }

  private static String of(Span span) {
    String text = span.shown().text();
    return span.style() == Style.STRONG ? code(text) : text;
  }
}
