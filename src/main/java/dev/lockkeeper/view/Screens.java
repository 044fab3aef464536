package dev.lockkeeper.view;

import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.wizard.State;
import java.util.List;

/** The whole screen. */
public final class Screens {
  private static final int WIDE = 100;
  private static final int TALL = 30;

  private Screens() {}

  /** The picture of this state on a screen of this size; any size has one. */
  public static Frame render(State state, int columns, int rows) {
    if (TooSmall.applies(columns, rows)) {
      return TooSmall.frame(columns, rows);
    }
    Frame main =
        columns >= WIDE && rows >= TALL
            ? new WideScreen(state, columns, rows).frame()
            : new FoldedScreen(state, columns, rows).frame();
    return state
        .dialog()
        .map(dialog -> dialog.match(new Dialogs(state, columns, rows)))
        .map(box -> Overlay.of(main, box.frame(columns - 4, rows - 2)))
        .orElse(main);
  }

  /** The panel that is open in the step's place, if one is. */
  static boolean panel(Canvas canvas, Area area, State state) {
    if (state.panel().isEmpty()) {
      return false;
    }
    PanelId panel = state.panel().get();
    Line title = ended(Panels.title(panel, state), Panels.age(panel, state), area.width());
    canvas.put(area.column(), area.row(), title, area.width());
    Area text = area.below(2);
    List<Line> lines = Panels.lines(panel, state, text.width(), Integer.MAX_VALUE);
    canvas.lines(text, Scrolled.of(lines, state.scroll(), text.height()));
    return true;
  }

  /** The step, scrolled as far as the operator wants. */
  static void step(Canvas canvas, Area area, State state) {
    List<Line> lines = StepPage.lines(state, area);
    canvas.lines(area, Scrolled.of(lines, state.scroll(), area.height()));
  }

  /** A line with another one at its right end; if they are too long, the first one is cut. */
  static Line ended(Line line, Line end, int width) {
    int room = width - end.columns();
    return line.cut(Math.max(0, room - 1)).padRight(room).and(end);
  }

  /** The bar above and the keys below: the frame of every screen. */
  static void edges(Canvas canvas, State state, int columns, int rows) {
    canvas.put(0, 0, IdentityBar.line(state, columns));
    Line keys = Line.of(" ").and(Footer.line(state, columns - 4)).and(" ", Style.TEXT);
    canvas.put(1, rows - 1, keys, columns - 2);
  }
}
