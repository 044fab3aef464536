package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Extent;
import java.util.ArrayList;
import java.util.List;

/**
 * A dialog: a border, what is told, and what is to be answered.
 *
 * @param shape how its border looks
 * @param width columns, the border included, where there is room
 * @param title its name
 * @param note what stands at the right end of its upper border
 * @param body what is told; it is scrolled, and says so, when there is no room
 * @param foot what is to be answered; always whole
 * @param kept the part of what is told that stays in sight however it is scrolled
 */
record Box(
    Shape shape, int width, Line title, Line note, List<Line> body, List<Line> foot, Kept kept) {
  /**
   * Lines that stay in sight.
   *
   * @param from the first, counted from 0; negative for none
   * @param to the one behind the last
   */
  record Kept(int from, int to) {
    static final Kept NONE = new Kept(-1, -1);
  }

  /** How grave it is, to be seen without colour and without reading. */
  enum Shape {
    /** Nothing happens, or nobody notices. */
    PLAIN("┌─┐│└┘", Style.BORDER),
    /** Somebody will notice. */
    HEAVY("┏━┓┃┗┛", Style.WARN),
    /** It cannot be taken back. */
    DOUBLE("╔═╗║╚╝", Style.DANGER);

    private final String strokes;
    private final Style style;

    Shape(String strokes, Style style) {
      this.strokes = strokes;
      this.style = style;
    }

    private Line across(int left, int right, int width) {
      String middle = stroke(1).repeat(Math.max(0, width - 2));
      return Line.of(stroke(left) + middle + stroke(right), style);
    }

    private String stroke(int at) {
      return strokes.substring(at, at + 1);
    }
  }

  Box(Shape shape, int width, Line title, Line note, List<Line> body, List<Line> foot) {
    this(shape, width, title, note, body, foot, Kept.NONE);
  }

  Box {
    body = List.copyOf(body);
    foot = List.copyOf(foot);
  }

  /** How many columns there are for text in a box that is at most this wide on a screen. */
  static int room(int width, int columns) {
    return Math.min(width, columns - 4) - 6;
  }

  /**
   * Its picture, no larger than this.
   *
   * @param scroll how many lines of what is told are out of sight above
   */
  Frame frame(int columns, int rows, int scroll) {
    int wide = Math.min(width, columns);
    int gaps = gaps(rows);
    List<Line> told = Scrolled.of(body, keeping(scroll, rows), height(rows), "pgdn");
    List<Line> lines = new ArrayList<>();
    blank(lines, gaps);
    lines.addAll(told);
    blank(lines, told.isEmpty() || foot.isEmpty() ? 0 : gaps);
    lines.addAll(foot);
    blank(lines, gaps);
    return drawn(lines, wide, Extent.of(body.size(), height(rows)));
  }

  /** Whether the last line of what is told is in sight on a screen of this height. */
  boolean endsInSight(int rows, int scroll) {
    int height = height(rows);
    return body.size() <= height || scroll >= body.size() - height && height >= 3;
  }

  /**
   * Its first line stays, should there be no room for all; a line above and below tells of more.
   */
  private int keeping(int scroll, int rows) {
    int least = kept.to() + 1 - height(rows);
    int most = Math.max(0, kept.from() - 1);
    return kept.equals(Kept.NONE) ? scroll : Math.min(Math.max(scroll, least), most);
  }

  private int height(int rows) {
    return Math.max(0, rows - foot.size() - 2 - gaps(rows));
  }

  private int gaps(int rows) {
    return rows >= foot.size() + 2 + body.size() + 3 ? 3 : 0;
  }

  private static void blank(List<Line> lines, int gaps) {
    if (gaps > 0) {
      lines.add(Line.EMPTY);
    }
  }

  private Frame drawn(List<Line> lines, int wide, Extent extent) {
    int high = lines.size() + 2;
    Canvas canvas = new Canvas(wide, high);
    canvas.put(0, 0, shape.across(0, 2, wide));
    canvas.put(0, high - 1, shape.across(4, 5, wide));
    Line side = Line.of(shape.stroke(3), shape.style);
    for (int row = 1; row < high - 1; row++) {
      canvas.put(0, row, side);
      canvas.put(wide - 1, row, side);
    }
    heading(canvas, wide);
    canvas.lines(new Area(3, 1, wide - 6, lines.size()), lines);
    return canvas.scrolls(extent).frame();
  }

  private void heading(Canvas canvas, int wide) {
    Style style = shape == Shape.PLAIN ? Style.TITLE : shape.style;
    int room = wide - 6 - (note.columns() > 0 ? note.columns() + 3 : 0);
    canvas.put(2, 0, Line.of(" ", style).and(title.cut(room).styled(style)).and(" ", style));
    if (note.columns() > 0) {
      canvas.put(wide - note.columns() - 4, 0, Line.of(" ", style).and(note).and(" ", style));
    }
  }
}
