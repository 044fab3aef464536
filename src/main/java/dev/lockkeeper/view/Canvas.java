package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Extent;
import java.util.Arrays;
import java.util.List;

/**
 * Where a frame is drawn. Whatever falls outside is clipped, so any drawing fits any size.
 *
 * <p>Borders are kept as strokes between cells, so boxes that share an edge join by themselves:
 *
 * <pre>
 *   ┌ Pods ─┬ Locks ┐
 *   │       │       │
 *   ├───────┴───────┤
 * </pre>
 */
public final class Canvas {
  private static final int UP = 1;
  private static final int DOWN = 2;
  private static final int LEFT = 4;
  private static final int RIGHT = 8;

  /** The border character for each set of strokes. */
  private static final String JOINTS = " │││─┘┐┤─└┌├─┴┬┼";

  private final int columns;
  private final int rows;
  private final int[] codePoints;
  private final Style[] styles;
  private final int[] strokes;
  private Extent extent = Extent.UNKNOWN;

  /** An empty canvas. */
  public Canvas(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    this.codePoints = new int[columns * rows];
    this.styles = new Style[columns * rows];
    this.strokes = new int[columns * rows];
    Arrays.fill(codePoints, ' ');
    Arrays.fill(styles, Style.TEXT);
  }

  /** What was drawn so far. */
  public Frame frame() {
    return new Frame(columns, rows, codePoints, styles, extent);
  }

  /** Notes how much of what can be scrolled in it is in sight. */
  Canvas scrolls(Extent seen) {
    extent = seen;
    return this;
  }

  /** Writes a line from this cell on, over whatever is there, and clips it at the right edge. */
  public Canvas put(int column, int row, Line line) {
    return put(column, row, line, columns - column);
  }

  /** Writes at most {@code width} columns of a line; a longer one ends in an ellipsis. */
  public Canvas put(int column, int row, Line line, int width) {
    int at = column;
    for (Span span : line.cut(width).spans()) {
      String text = span.shown().text();
      for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
        int codePoint = text.codePointAt(i);
        set(at, row, codePoint, span.style());
        at += Columns.width(codePoint);
      }
    }
    return this;
  }

  /** Writes lines one under the other into an area; what does not fit is left out. */
  public Canvas lines(Area area, List<Line> lines) {
    for (int i = 0; i < Math.min(lines.size(), area.height()); i++) {
      put(area.column(), area.row() + i, lines.get(i), area.width());
    }
    return this;
  }

  /** Fills an area with blanks of a style. */
  public Canvas fill(Area area, Style style) {
    for (int row = area.row(); row <= area.bottom(); row++) {
      for (int column = area.column(); column <= area.right(); column++) {
        set(column, row, ' ', style);
      }
    }
    return this;
  }

  /** Draws the border of an area of at least 2x2; it joins with the borders that it touches. */
  public Canvas box(Area area, Style style) {
    return across(area.column(), area.right(), area.row(), style)
        .across(area.column(), area.right(), area.bottom(), style)
        .down(area.column(), area.row(), area.bottom(), style)
        .down(area.right(), area.row(), area.bottom(), style);
  }

  /** Draws a border from left to right. */
  public Canvas across(int from, int to, int row, Style style) {
    for (int column = from; column <= to; column++) {
      stroke(column, row, (column > from ? LEFT : 0) | (column < to ? RIGHT : 0), style);
    }
    return this;
  }

  /** Draws a border from above to below. */
  public Canvas down(int column, int from, int to, Style style) {
    for (int row = from; row <= to; row++) {
      stroke(column, row, (row > from ? UP : 0) | (row < to ? DOWN : 0), style);
    }
    return this;
  }

  /**
   * Writes on the upper border of an area, which must be drawn already: {@code right} at its right
   * end, and as much of {@code left} as there is room for at its left end. The age of a panel
   * stands on the right and is never pushed out by a long name. Where another border meets this
   * one, it stands left of it, so that the borders are seen to join.
   */
  public Canvas title(Area area, Line left, Line right) {
    int room = area.width() - 4;
    Line age = right.cut(room);
    int from = clear(area.right() - age.columns() - 2, area.right() - 1, area.row());
    boolean free = from > area.column() + age.columns();
    int at = free ? from : area.right() - age.columns() - 2;
    Line name = left.cut(age.columns() == 0 ? room : at - area.column() - 4);
    put(area.column() + 1, area.row(), padded(name));
    return put(at, area.row(), padded(age), room + 2);
  }

  /** How far left a text must begin that would end here, so that it covers no joint. */
  private int clear(int from, int to, int row) {
    for (int column = Math.max(0, from); column <= to; column++) {
      if (inside(column, row) && (strokes[row * columns + column] & (UP | DOWN)) != 0) {
        return clear(column - 1 - (to - from), column - 1, row);
      }
    }
    return from;
  }

  private static Line padded(Line line) {
    return line.columns() == 0 ? line : Line.of(" ").and(line).and(" ", Style.TEXT);
  }

  private void stroke(int column, int row, int directions, Style style) {
    if (inside(column, row)) {
      int joined = strokes[row * columns + column] | directions;
      set(column, row, JOINTS.charAt(joined), style);
      strokes[row * columns + column] = joined;
    }
  }

  private void set(int column, int row, int codePoint, Style style) {
    int width = Columns.width(codePoint);
    if (!inside(column, row) || !inside(column + width - 1, row)) {
      return;
    }
    for (int at = column; at < column + width; at++) {
      uncover(at, row);
      int cell = row * columns + at;
      codePoints[cell] = at == column ? codePoint : Frame.COVERED;
      styles[cell] = style;
      strokes[cell] = 0;
    }
  }

  /** Overwriting one half of a wide character leaves a blank in its other half. */
  private void uncover(int column, int row) {
    int cell = row * columns + column;
    if (codePoints[cell] == Frame.COVERED) {
      codePoints[cell - 1] = ' ';
    } else if (Columns.width(codePoints[cell]) == 2) {
      codePoints[cell + 1] = ' ';
    }
  }

  private boolean inside(int column, int row) {
    return column >= 0 && column < columns && row >= 0 && row < rows;
  }
}
