package dev.lockkeeper.view;

import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.wizard.State;
import java.util.List;

/**
 * A screen with room for everything: the way on the left, the step beside it, the panels below.
 *
 * <pre>
 *   ┌ LOCKKEEPER ─ identity ────────────────────┐
 *   │ way           │ step                      │
 *   ├ Pods ─────┬───┴─ Locks ───┬ Migration ────┤
 *   ├ Events ───┴───────────────┴───────────────┤
 *   ├───────────────────────────────────────────┤
 *   │ message                                   │
 *   └ keys ─────────────────────────────────────┘
 * </pre>
 */
final class WideScreen {
  static final int MESSAGE = 2;

  private final State state;
  private final Line keys;
  private final List<Line> message;
  private final int columns;
  private final int rows;
  private final Canvas canvas;

  /**
   * A large screen.
   *
   * @param keys what stands on the lower border
   * @param message what is said above it, in at most {@link #MESSAGE} lines
   */
  WideScreen(State state, Line keys, List<Line> message, int columns, int rows) {
    this.state = state;
    this.keys = keys;
    this.message = message;
    this.columns = columns;
    this.rows = rows;
    this.canvas = new Canvas(columns, rows);
  }

  Frame frame() {
    int above = rows - 1 - MESSAGE - 1;
    int events = above - 1 - within(rows / 10, 2, 8);
    int panels = events - 1 - within(rows * 7 / 40, 5, 14);
    canvas.box(new Area(0, 0, columns, rows), Style.BORDER);
    step(new Area(0, 0, columns, panels + 1));
    panels(panels, events);
    panel(PanelId.EVENTS, new Area(0, events, columns, above - events + 1));
    canvas.across(0, columns - 1, above, Style.BORDER);
    canvas.lines(new Area(2, above + 1, columns - 4, MESSAGE), message);
    Screens.edges(canvas, state, keys, columns, rows);
    return canvas.frame();
  }

  private void step(Area area) {
    if (Screens.panel(canvas, area.inner().indented(1), state)) {
      return;
    }
    int split = column(state, columns, 28);
    canvas.box(new Area(0, area.row(), split + 1, area.height()), Style.BORDER);
    int height = area.height() - 2;
    canvas.lines(new Area(2, 1, split - 3, height), RunbookColumn.lines(state, split - 3, height));
    Area page = new Area(split + 2, 1, columns - split - 4, height);
    Screens.page(canvas, page, state);
  }

  private void panels(int top, int bottom) {
    int first = columns * 34 / 100;
    int second = columns * 68 / 100;
    int height = bottom - top + 1;
    panel(PanelId.PODS, new Area(0, top, first + 1, height));
    panel(PanelId.LOCKS, new Area(first, top, second - first + 1, height));
    panel(PanelId.MIGRATION, new Area(second, top, columns - second, height));
  }

  private void panel(PanelId panel, Area area) {
    Screens.framed(canvas, panel, area, state);
  }

  /** Where the way ends: it gets what it needs, and no more than this part of the screen. */
  static int column(State state, int columns, int percent) {
    return within(RunbookColumn.needed(state) + 3, 24, columns * percent / 100);
  }

  static int within(int value, int least, int most) {
    return Math.max(least, Math.min(most, value));
  }
}
