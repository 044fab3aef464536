package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Extent;
import java.util.Arrays;

/**
 * One picture of the whole screen: a value that does not change. A character of two columns lies in
 * its left cell; the cell on its right holds {@link #COVERED}.
 */
public final class Frame {
  /** The cell under the right half of a wide character. */
  public static final int COVERED = 0;

  private final int columns;
  private final int rows;
  private final int[] codePoints;
  private final Style[] styles;
  private final Extent extent;

  /** Only a {@link Canvas} and the pure translations of a frame make one. */
  Frame(int columns, int rows, int[] codePoints, Style[] styles, Extent extent) {
    this.columns = columns;
    this.rows = rows;
    this.codePoints = codePoints.clone();
    this.styles = styles.clone();
    this.extent = extent;
  }

  /** How much of what can be scrolled in it is in sight; no part of the picture itself. */
  public Extent extent() {
    return extent;
  }

  public int columns() {
    return columns;
  }

  public int rows() {
    return rows;
  }

  /** The character in this cell, or {@link #COVERED}. */
  public int codePoint(int column, int row) {
    return codePoints[row * columns + column];
  }

  /** What the character in this cell means. */
  public Style style(int column, int row) {
    return styles[row * columns + column];
  }

  /** Its text alone: one line for each row, without trailing blanks, each ended by a line feed. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        int codePoint = codePoint(column, row);
        if (codePoint != COVERED) {
          line.appendCodePoint(codePoint);
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frame frame
        && columns == frame.columns
        && rows == frame.rows
        && Arrays.equals(codePoints, frame.codePoints)
        && Arrays.equals(styles, frame.styles);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codePoints) + 31 * Arrays.hashCode(styles);
  }

  @Override
  public String toString() {
    return "Frame " + columns + "x" + rows + "\n" + text();
  }
}
