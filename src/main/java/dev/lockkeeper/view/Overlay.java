package dev.lockkeeper.view;

/**
 * A question before the screen: the screen goes dim behind it. The upper and the lower row stay as
 * they are, so that the target and the live keys are in sight whatever is asked.
 */
final class Overlay {
  private Overlay() {}

  /** The box in the middle of the dimmed screen; it must fit between the upper and lower row. */
  static Frame of(Frame screen, Frame box) {
    int columns = screen.columns();
    int rows = screen.rows();
    int left = (columns - box.columns()) / 2;
    int top = Math.max(1, (rows - box.rows()) / 2);
    int[] codePoints = new int[columns * rows];
    Style[] styles = new Style[columns * rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int cell = row * columns + column;
        boolean edge = row == 0 || row == rows - 1;
        codePoints[cell] = screen.codePoint(column, row);
        styles[cell] = edge ? screen.style(column, row) : Style.DIM;
      }
      boolean beside = row >= top && row < top + box.rows();
      if (beside) {
        halve(codePoints, row * columns + left, row * columns + left + box.columns());
      }
    }
    for (int row = 0; row < box.rows(); row++) {
      for (int column = 0; column < box.columns(); column++) {
        int cell = (top + row) * columns + left + column;
        codePoints[cell] = box.codePoint(column, row);
        styles[cell] = box.style(column, row);
      }
    }
    return new Frame(columns, rows, codePoints, styles, box.extent());
  }

  /** A wide character of which the box covers one half leaves a blank in its other half. */
  private static void halve(int[] codePoints, int from, int to) {
    if (codePoints[from] == Frame.COVERED && from > 0) {
      codePoints[from - 1] = ' ';
    }
    if (to < codePoints.length && codePoints[to] == Frame.COVERED) {
      codePoints[to] = ' ';
    }
  }
}
