package dev.lockkeeper.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Text beside its mark: what does not fit on the first line goes on below the text.
 *
 * <pre>
 *   ✖ fail     no build is running or
 *              pending
 * </pre>
 */
final class Hanging {
  private static final String BULLET = "• ";

  private Hanging() {}

  /** The mark, then the text; only the mark when there is no text. */
  static List<Line> of(Line mark, String raw, Style style, int width) {
    List<Line> text = Line.wrapped(raw, style, width - mark.columns());
    return text.isEmpty() ? List.of(mark) : beside(mark, text);
  }

  /** The mark before the first of these lines, blanks before the others. */
  static List<Line> beside(Line mark, List<Line> text) {
    Line blank = Line.of(" ".repeat(mark.columns()));
    List<Line> lines = new ArrayList<>();
    for (Line line : text) {
      lines.add((lines.isEmpty() ? mark : blank).and(line));
    }
    return lines;
  }

  /**
   * A line whose leading blanks mean something: they stand before every line that it takes, and so
   * does the room of a leading bullet.
   */
  static List<Line> indented(String raw, Style style, int width) {
    int blanks = (int) raw.chars().takeWhile(character -> character == ' ').count();
    Line indent = Line.of(" ".repeat(Math.min(blanks, width / 2)));
    String text = raw.strip();
    return text.startsWith(BULLET)
        ? of(indent.and(BULLET, style), text.substring(BULLET.length()), style, width)
        : of(indent, text, style, width);
  }
}
