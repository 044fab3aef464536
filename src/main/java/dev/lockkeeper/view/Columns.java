package dev.lockkeeper.view;

/**
 * How many columns of a terminal a character takes, and which characters may be shown at all.
 *
 * <p>Neither JLine's {@code WCWidth} nor Lanterna's {@code TerminalTextUtils} is asked: they differ
 * on about a thousand characters (symbols that became emoji, rare Chinese), and terminals differ on
 * the same ones. A row whose parts stand at another column than we think is a row that lies. So
 * only those characters are shown whose width nobody disputes, which neither combine with their
 * neighbour nor reorder the row; a test holds this list against both libraries.
 */
public final class Columns {
  /** First and last of each range that takes one column. */
  private static final int[][] NARROW = {
    {0x0020, 0x007e}, // ASCII
    {0x00a1, 0x02ff}, // Latin, phonetic letters
    {0x0370, 0x052f}, // Greek, Cyrillic
    {0x0531, 0x058f}, // Armenian
    {0x10a0, 0x10ff}, // Georgian
    {0x1e00, 0x1fff}, // more Latin and Greek
    {0x2010, 0x2027}, // dashes, quotation marks, ellipsis
    {0x2030, 0x205e}, // more punctuation
    {0x2070, 0x209c}, // superscripts and subscripts
    {0x20a0, 0x20bf}, // currencies
    {0x2100, 0x22ff}, // letter-like symbols, numbers, arrows, mathematics
    {0x2500, 0x25fc}, // boxes, blocks, geometric shapes
    {0x2713, 0x2718}, // check marks and crosses
    {0xfffd, 0xfffd}, // the replacement character
  };

  /** First and last of each range that takes two columns. */
  private static final int[][] WIDE = {
    {0x3001, 0x303e}, // Chinese and Japanese punctuation
    {0x3041, 0x30ff}, // Hiragana, Katakana
    {0x3400, 0x4dbf}, // Chinese characters, extension A
    {0x4e00, 0x9fff}, // Chinese characters
    {0xac00, 0xd7a3}, // Korean syllables
    {0xf900, 0xfaff}, // compatibility characters
    {0xff01, 0xff60}, // full-width forms
  };

  private Columns() {}

  /** The columns that this code point takes: 1 or 2, or 0 when it may not be shown. */
  public static int width(int codePoint) {
    if (codePoint >= 0x20 && codePoint <= 0x7e) {
      return 1;
    }
    if (!stands(codePoint)) {
      return 0;
    }
    if (within(NARROW, codePoint)) {
      return 1;
    }
    return within(WIDE, codePoint) ? 2 : 0;
  }

  /** Whether it is a character that stands by itself: no mark, control, format or separator. */
  private static boolean stands(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static boolean within(int[][] ranges, int codePoint) {
    // A loop, for it is asked of every character of every screen.
    for (int[] range : ranges) {
      if (range[0] <= codePoint && codePoint <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
