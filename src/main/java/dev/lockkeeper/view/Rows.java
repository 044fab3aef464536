package dev.lockkeeper.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/** Lines that must fit below one another. */
final class Rows {
  /** Where what is too wide is scrolled sideways. */
  static final int ANY_WIDTH = 1 << 20;

  private Rows() {}

  /** At most this many of the lines; when some are missing, the last one says how many. */
  static List<Line> within(List<Line> lines, int height) {
    if (lines.size() <= height) {
      return lines;
    }
    if (height <= 0) {
      return List.of();
    }
    List<Line> kept = new ArrayList<>(lines.subList(0, height - 1));
    int missing = lines.size() - kept.size();
    kept.add(Line.of("… %d more".formatted(missing), Style.DIM));
    return kept;
  }

  /**
   * As many lines as there are rows, of which only the first few are laid out: the others are out
   * of sight, and count.
   *
   * @param rows how many there are
   * @param sight how many can be in sight at most
   * @param laid lays out the first so many
   */
  static List<Line> inSight(int rows, int sight, IntFunction<List<Line>> laid) {
    int few = Math.max(0, Math.min(rows, sight));
    List<Line> lines = new ArrayList<>(laid.apply(few));
    lines.addAll(Collections.nCopies(rows - few, Line.EMPTY));
    return lines;
  }

  /**
   * Rows of cells in columns that stand below one another, two blanks apart ({@code gap}), none
   * wider than {@code width}. Column {@code flexible} gives or takes what the others leave.
   */
  static List<Line> table(List<List<Line>> rows, int flexible, int gap, int width) {
    if (rows.isEmpty()) {
      return List.of();
    }
    int[] widths = new int[rows.get(0).size()];
    for (List<Line> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).columns());
      }
    }
    int others = 0;
    for (int i = 0; i < widths.length; i++) {
      others += i == flexible ? 0 : widths[i] + (widths[i] > 0 ? gap : 0);
    }
    widths[flexible] = Math.max(0, Math.min(widths[flexible], width - others));
    return rows.stream().map(row -> joined(row, widths, gap).cut(width)).toList();
  }

  private static Line joined(List<Line> row, int[] widths, int gap) {
    Line joined = Line.EMPTY;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0) {
        Line between = joined.columns() == 0 ? Line.EMPTY : Line.of(" ".repeat(gap));
        joined = joined.and(between).and(row.get(i).padRight(widths[i]));
      }
    }
    return joined;
  }
}
