package dev.lockkeeper.view;

/** The same frame in ASCII alone, for terminals and fonts that have nothing else. */
public final class Ascii {
  private static final String FROM = "│─┌┐└┘├┤┬┴┼✔✖▶▲●○◌◐·×↻→…–—“”‘’┃━┏┓┗┛║═╔╗╚╝█▒░←↑↓•›";
  private static final String TO = "|-+++++++++vx>!*o.%.xr>~--\"\"''H=HHHH######@:.<^v*>";

  private Ascii() {}

  /**
   * Each cell of the frame as one ASCII character; what has no likeness becomes {@code ?}, and a
   * wide character becomes two.
   */
  public static Frame of(Frame frame) {
    int[] codePoints = new int[frame.columns() * frame.rows()];
    Style[] styles = new Style[codePoints.length];
    for (int cell = 0; cell < codePoints.length; cell++) {
      int column = cell % frame.columns();
      int row = cell / frame.columns();
      codePoints[cell] = ascii(frame.codePoint(column, row));
      styles[cell] = frame.style(column, row);
    }
    return new Frame(frame.columns(), frame.rows(), codePoints, styles, frame.extent());
  }

  /** The text with one ASCII character, or two, for each of its characters. */
  public static String of(Shown shown) {
    StringBuilder text = new StringBuilder();
    for (int codePoint : shown.text().codePoints().toArray()) {
      text.append(String.valueOf((char) ascii(codePoint)).repeat(Columns.width(codePoint)));
    }
    return text.toString();
  }

  private static int ascii(int codePoint) {
    if (codePoint >= ' ' && codePoint <= '~') {
      return codePoint;
    }
    int known = FROM.indexOf(codePoint);
    return known < 0 ? '?' : TO.charAt(known);
  }
}
