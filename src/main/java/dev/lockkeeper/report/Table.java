package dev.lockkeeper.report;

import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells that stand in columns, two blanks apart. The last cell is wrapped below itself.
 *
 * <pre>
 *   ✔ pass     MUST    no migration is in progress  IDLE at 362
 *   ? unknown  SHOULD  a backup is not older than 1 h    no backup was
 *                                                 attested
 * </pre>
 */
final class Table {
  private static final int GAP = 2;

  /** Where there is less room than this for the last column, the terminal may wrap as it likes. */
  private static final int LEAST = 20;

  private final List<List<Line>> rows = new ArrayList<>();

  Table row(Line... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** A heading between rows, below a blank line. */
  Table section(String title) {
    return row(Line.EMPTY).row(Line.of(title, Style.TITLE));
  }

  /** A row of a page: a label, and what it is the label of. */
  Table field(String label, String text) {
    return row(Line.of(label, Style.TITLE), Line.of(text));
  }

  List<Line> lines(int width) {
    int[] widths = widths();
    List<Line> lines = new ArrayList<>();
    for (List<Line> row : rows) {
      Line start = Line.EMPTY;
      for (int i = 0; i < row.size() - 1; i++) {
        start = start.and(row.get(i).padRight(widths[i] + GAP));
      }
      lines.addAll(ended(start, row.get(row.size() - 1), width));
    }
    return lines;
  }

  private int[] widths() {
    int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    for (List<Line> row : rows) {
      for (int i = 0; i < row.size() && row.size() > 1; i++) {
        widths[i] = Math.max(widths[i], row.get(i).columns());
      }
    }
    return widths;
  }

  private static List<Line> ended(Line start, Line last, int width) {
    int room = width - start.columns();
    if (last.columns() <= room || room < LEAST) {
      return List.of(start.and(last));
    }
    Style style = last.spans().get(0).style();
    Line blank = Line.of(" ".repeat(start.columns()));
    List<Line> lines = new ArrayList<>();
    for (Line part : Line.wrapped(last.text(), style, room)) {
      lines.add((lines.isEmpty() ? start : blank).and(part));
    }
    return lines;
  }
}
