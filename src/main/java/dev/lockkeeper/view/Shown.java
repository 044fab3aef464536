package dev.lockkeeper.view;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Text that is safe to show: the only text that a frame accepts. Whatever raw text it is made from,
 * it has no control, escape, bidirectional, combining or invisible characters, and each of its
 * characters takes one or two columns (see {@link Columns}).
 *
 * <p>What was taken out leaves a visible mark: {@code �} for a character that could act or has no
 * safe picture, {@code ·} for one that is invisible. Line breaks, tabs and spaces of any kind
 * become a plain space. Two different raw texts can therefore look alike: this is for eyes, never
 * for comparing identities.
 *
 * @param text the safe text; given raw text, the constructor makes it safe
 */
public record Shown(String text) {
  /** Raw text beyond this many UTF-16 units is cut. */
  public static final int LIMIT = 4000;

  public static final Shown EMPTY = new Shown("");

  private static final int REPLACED = '\ufffd';
  private static final int INVISIBLE = '\u00b7';
  private static final String ELLIPSIS = "\u2026";

  public Shown {
    text = inert(text);
  }

  /** This raw text, made safe. */
  public static Shown of(String raw) {
    return new Shown(raw);
  }

  /** How many columns it takes. */
  public int columns() {
    int columns = 0;
    // A loop, for it is asked of every text of every screen, several times.
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      columns += Columns.width(text.codePointAt(at));
    }
    return columns;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  public Shown plus(Shown other) {
    return new Shown(text + other.text);
  }

  /** At most this many columns of it; what is missing shows as an ellipsis. */
  public Shown cut(int columns) {
    if (columns() <= columns) {
      return this;
    }
    return columns <= 0 ? EMPTY : new Shown(text.substring(0, fitting(0, columns - 1)) + ELLIPSIS);
  }

  /** Without this many of its first columns; half a character leaves a blank. */
  public Shown from(int columns) {
    if (columns <= 0) {
      return this;
    }
    int at = 0;
    int used = 0;
    while (at < text.length() && used < columns) {
      int codePoint = text.codePointAt(at);
      used += Columns.width(codePoint);
      at += Character.charCount(codePoint);
    }
    return used < columns ? EMPTY : new Shown(spaces(used - columns) + text.substring(at));
  }

  /** Exactly this many columns: cut, or filled with spaces on the right. */
  public Shown padRight(int columns) {
    Shown cut = cut(columns);
    return new Shown(cut.text + spaces(columns - cut.columns()));
  }

  /** Exactly this many columns: cut, or filled with spaces on the left. */
  public Shown padLeft(int columns) {
    Shown cut = cut(columns);
    return new Shown(spaces(columns - cut.columns()) + cut.text);
  }

  /**
   * Its words on as many lines as they need, none wider than {@code columns} (at least 2). A word
   * that is wider than a line is broken. No text gives no lines.
   */
  public List<Shown> wrap(int columns) {
    int width = Math.max(2, columns);
    List<Shown> lines = new ArrayList<>();
    int from = skipSpaces(0);
    while (from < text.length()) {
      int end = fitting(from, width);
      if (end < text.length() && text.charAt(end) != ' ') {
        int space = text.lastIndexOf(' ', end);
        end = space > from ? space : end;
      }
      lines.add(new Shown(text.substring(from, end).stripTrailing()));
      from = skipSpaces(end);
    }
    return lines;
  }

  /** The end of the longest part from {@code from} that takes at most {@code columns}. */
  private int fitting(int from, int columns) {
    int at = from;
    int used = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      used += Columns.width(codePoint);
      if (used > columns) {
        break;
      }
      at += Character.charCount(codePoint);
    }
    return at;
  }

  private int skipSpaces(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static String spaces(int count) {
    return " ".repeat(Math.max(0, count));
  }

  private static String inert(String raw) {
    String cut = raw.length() > LIMIT ? raw.substring(0, LIMIT - 1) + ELLIPSIS : raw;
    if (isInert(cut)) {
      return cut;
    }
    StringBuilder safe = new StringBuilder(cut.length());
    // Composed first, so that an accented letter of any origin stays one visible letter.
    int before = ' ';
    for (int codePoint : Normalizer.normalize(cut, Normalizer.Form.NFC).codePoints().toArray()) {
      if (!combining(codePoint) || !combining(before)) {
        safe.appendCodePoint(Columns.width(codePoint) > 0 ? codePoint : standIn(codePoint));
      }
      before = codePoint;
    }
    return safe.toString();
  }

  private static boolean isInert(String text) {
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (Columns.width(text.codePointAt(at)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** What is shown for a character that may not be. A run of combining marks shows as one mark. */
  private static int standIn(int codePoint) {
    if (Character.isSpaceChar(codePoint) || "\t\r\n".indexOf(codePoint) >= 0) {
      return ' ';
    }
    return combining(codePoint) || Character.isIdentifierIgnorable(codePoint) && !control(codePoint)
        ? INVISIBLE
        : REPLACED;
  }

  private static boolean combining(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean control(int codePoint) {
    return Character.getType(codePoint) == Character.CONTROL;
  }
}
