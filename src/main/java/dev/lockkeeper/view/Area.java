package dev.lockkeeper.view;

/**
 * A rectangle of a screen, in columns and rows; the upper left cell is 0, 0.
 *
 * @param column its left column
 * @param row its upper row
 * @param width columns
 * @param height rows
 */
public record Area(int column, int row, int width, int height) {
  /** What is left of it inside a border of one cell. */
  public Area inner() {
    return new Area(column + 1, row + 1, Math.max(0, width - 2), Math.max(0, height - 2));
  }

  /** The same without this many columns on its left and right side. */
  public Area indented(int columns) {
    return new Area(column + columns, row, Math.max(0, width - 2 * columns), height);
  }

  /** The same without this many rows on its upper side. */
  public Area below(int rows) {
    return new Area(column, row + rows, width, Math.max(0, height - rows));
  }

  public int right() {
    return column + width - 1;
  }

  public int bottom() {
    return row + height - 1;
  }
}
