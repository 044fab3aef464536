package dev.lockkeeper.view;

import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/**
 * The borders of a row as strokes, from edge to edge of their cells: those of a font leave gaps
 * between rows, and break at their joints.
 *
 * @param width of a cell
 * @param height of a cell
 */
record Strokes(double width, double height) {
  private static final String BORDERS = "─│┌┐└┘├┤┬┴┼━┃┏┓┗┛═║╔╗╚╝";
  private static final String HEAVY = "━┃┏┓┗┛";
  private static final String DOUBLE = "═║╔╗╚╝";
  private static final String LEFT = "─┐┘┤┬┴┼━┓┛═╗╝";
  private static final String RIGHT = "─┌└├┬┴┼━┏┗═╔╚";
  private static final String UP = "│└┘├┤┴┼┃┗┛║╚╝";
  private static final String DOWN = "│┌┐├┤┬┼┃┏┓║╔╗";
  private static final double APART = 2;

  /** A straight line, this thick. */
  record Stroke(Line2D.Double line, double thick) {}

  /** The text with blanks where borders are. */
  static String without(String text) {
    return text.replaceAll("[" + BORDERS + "]", " ");
  }

  /** The strokes of a text that begins here; neighbours on one row become one. */
  List<Stroke> of(String text, double x, double y) {
    List<Stroke> all = new ArrayList<>();
    double at = x;
    for (int codePoint : text.codePoints().toArray()) {
      if (BORDERS.indexOf(codePoint) >= 0) {
        cell(all, codePoint, at, y);
      }
      at += width * Columns.width(codePoint);
    }
    return all;
  }

  private void cell(List<Stroke> all, int border, double x, double y) {
    double thick = HEAVY.indexOf(border) >= 0 ? 2.2 : 1;
    if (DOUBLE.indexOf(border) < 0) {
      arms(all, border, x, y, 0, 0, thick);
      return;
    }
    // Of two parallel lines that turn, one turns outside of the other.
    int across = turns(border, RIGHT, LEFT);
    int down = turns(border, DOWN, UP);
    for (double side : List.of(-APART, APART)) {
      arms(
          all,
          border,
          x,
          y,
          side * (across == 0 ? 1 : across),
          side * (down == 0 ? 1 : down),
          thick);
    }
  }

  private static int turns(int border, String one, String other) {
    return (one.indexOf(border) >= 0 ? 1 : 0) - (other.indexOf(border) >= 0 ? 1 : 0);
  }

  /** From the middle of the cell, moved by this much, to its edges. */
  private void arms(
      List<Stroke> all, int border, double x, double y, double dx, double dy, double thick) {
    // On whole pixels, so that strokes that meet are one line.
    double middle = Math.floor(x + width / 2) + 0.5 + dx;
    double centre = Math.floor(y + height / 2) + 0.5 + dy;
    if (LEFT.indexOf(border) >= 0) {
      across(all, x, middle, centre, thick);
    }
    if (RIGHT.indexOf(border) >= 0) {
      across(all, middle, x + width, centre, thick);
    }
    if (UP.indexOf(border) >= 0) {
      all.add(new Stroke(new Line2D.Double(middle, y, middle, centre), thick));
    }
    if (DOWN.indexOf(border) >= 0) {
      all.add(new Stroke(new Line2D.Double(middle, centre, middle, y + height), thick));
    }
  }

  private static void across(List<Stroke> all, double from, double to, double y, double thick) {
    for (int i = all.size() - 1; i >= 0 && i >= all.size() - 4; i--) {
      Line2D.Double last = all.get(i).line();
      if (last.y1 == y && last.y2 == y && Math.abs(last.x2 - from) < 0.01) {
        last.x2 = to;
        return;
      }
    }
    all.add(new Stroke(new Line2D.Double(from, y, to, y), thick));
  }
}
