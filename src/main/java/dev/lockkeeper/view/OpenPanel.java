package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Extent;
import dev.lockkeeper.wizard.Opened;
import dev.lockkeeper.wizard.ScreenState;
import dev.lockkeeper.wizard.TypedLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A panel that is open in full: its rows, one of them chosen, or what is behind one. Only what is
 * in sight is laid out.
 *
 * <pre>
 *   Pods 3/3                                        1 s ago
 *   /ready  2 of 5000                              17 of 5000
 *     ✔ Ready  coder-7d9f8-x2k4p  v2.26.6  0↻  3h12m
 *   ▶ ✔ Ready  coder-7d9f8-p8w2d  v2.26.6  0↻  3h12m
 * </pre>
 */
final class OpenPanel {
  private static final int GUTTER = 2;
  private static final int FIELD = 32;

  private OpenPanel() {}

  static void draw(Canvas canvas, Area area, ScreenState seen, Opened opened) {
    Drawn drawn =
        opened
            .sheet()
            .map(sheet -> SheetLines.of(sheet, opened, seen, room(area)))
            .orElseGet(() -> PanelLines.of(opened, seen, room(area)));
    canvas.put(area.column(), area.row(), drawn.title(), area.width());
    canvas.put(area.column(), area.row() + 1, status(opened, drawn, area.width()), area.width());
    canvas.lines(area.below(2), drawn.lines());
    canvas.scrolls(drawn.extent());
  }

  /**
   * What there is to be drawn.
   *
   * @param place where in all of it that is; empty where that says nothing
   * @param matches how many places have what is searched for
   */
  record Drawn(Line title, String place, int matches, List<Line> lines, Extent extent) {
    Drawn {
      lines = List.copyOf(lines);
    }
  }

  private static Area room(Area area) {
    return area.below(2);
  }

  /** What is searched for, or what the last key came to; at the right end where we are. */
  private static Line status(Opened opened, Drawn drawn, int width) {
    Line place = Line.of(drawn.place(), Style.DIM);
    return Screens.ended(said(opened, drawn), place, width);
  }

  private static Line said(Opened opened, Drawn drawn) {
    if (opened.search().typing()) {
      TypedLine typed = opened.search().line();
      return Line.of("search ", Style.DIM)
          .and(Inputs.field(Shown.of(typed.before()), Shown.of(typed.after()), FIELD))
          .and("  enter goes to the next match, esc ends it", Style.DIM);
    }
    if (!opened.word().isEmpty()) {
      return Line.of(opened.word(), Style.WARN);
    }
    return opened.search().active()
        ? Line.of("/" + opened.search().text(), Style.FOUND)
            .and(
                "  " + drawn.matches() + (drawn.matches() == 1 ? " match" : " matches"), Style.TEXT)
            .and("  n N", Style.KEY)
            .and(" go on", Style.DIM)
        : Line.EMPTY;
  }

  /** A row or line as it is seen from this column on, its matches marked. */
  static Line seen(Line whole, Opened opened, int width) {
    Line bare = whole.stripped();
    Line marked =
        opened.search().active() ? bare.marked(opened.search().text(), Style.FOUND) : bare;
    return marked.from(opened.aside()).cut(width);
  }

  /** The same behind its mark. */
  static Line behind(Line mark, Line whole, Opened opened, int width) {
    return mark.padRight(GUTTER).and(seen(whole, opened, width - GUTTER));
  }

  /** The first of those in sight, so that the chosen one is in their middle where that can be. */
  static int first(int chosen, int count, int height) {
    return Math.max(0, Math.min(chosen - height / 2, count - height));
  }

  static List<Line> joined(List<Line> head, List<Line> body) {
    List<Line> all = new ArrayList<>(head);
    all.addAll(body);
    return all;
  }

  static Optional<String> of(int place, int count) {
    return count == 0 ? Optional.empty() : Optional.of((place + 1) + " of " + count);
  }
}
