package dev.lockkeeper.view;

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
        .map(box -> Overlay.of(main, box.frame(columns - 2, rows - 2)))
        .orElse(main);
  }

  /** The step, or the panel that is open in its place. */
  static void page(Canvas canvas, Area area, State state) {
    boolean open = state.panel().isPresent();
    Line title =
        state
            .panel()
            .map(
                panel -> opened(Panels.title(panel, state), Panels.age(panel, state), area.width()))
            .orElseGet(() -> StepPage.title(state, area.width()));
    canvas.put(area.column(), area.row(), title, area.width());
    int gap = open || area.height() > 18 ? 2 : 1;
    Area text =
        new Area(area.column(), area.row() + gap, area.width(), Math.max(0, area.height() - gap));
    List<Line> lines =
        state
            .panel()
            .map(panel -> Panels.lines(panel, state, text.width(), Integer.MAX_VALUE))
            .orElseGet(() -> StepPage.lines(state, text.width()));
    canvas.lines(text, Scrolled.of(lines, state.scroll(), text.height()));
  }

  private static Line opened(Line title, Line age, int width) {
    int room = width - age.columns();
    return title.cut(Math.max(0, room - 1)).padRight(room).and(age);
  }

  /** The bar above and the keys below: the frame of every screen. */
  static void edges(Canvas canvas, State state, int columns, int rows) {
    canvas.put(0, 0, IdentityBar.line(state, columns));
    Line keys = Line.of(" ").and(Footer.line(state, columns - 4)).and(" ", Style.TEXT);
    canvas.put(1, rows - 1, keys, columns - 2);
  }
}
