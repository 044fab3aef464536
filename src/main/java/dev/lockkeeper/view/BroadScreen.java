package dev.lockkeeper.view;

import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.wizard.State;
import java.util.List;

/**
 * A screen on which the panels stand beside the step, each as high as its list may be long.
 *
 * <pre>
 *   ┌ LOCKKEEPER ─ identity ────────────────────┐
 *   │ way     │ step              ├ Pods ───────┤
 *   │         │                   ├ Locks ──────┤
 *   │         │                   ├ Migration ──┤
 *   │         │                   ├ Events ─────┤
 *   ├─────────┴───────────────────┴─────────────┤
 *   │ message                                   │
 *   └ keys ─────────────────────────────────────┘
 * </pre>
 */
final class BroadScreen {
  /** From this width on. */
  static final int WIDTH = 160;

  private final State state;
  private final Line keys;
  private final List<Line> message;
  private final int columns;
  private final int rows;
  private final Canvas canvas;

  /**
   * A screen of at least {@link #WIDTH} columns.
   *
   * @param keys what stands on the lower border
   * @param message what is said above it, in at most {@link WideScreen#MESSAGE} lines
   */
  BroadScreen(State state, Line keys, List<Line> message, int columns, int rows) {
    this.state = state;
    this.keys = keys;
    this.message = message;
    this.columns = columns;
    this.rows = rows;
    this.canvas = new Canvas(columns, rows);
  }

  Frame frame() {
    int above = rows - 1 - WideScreen.MESSAGE - 1;
    int way = WideScreen.column(state, columns, 22);
    int panels = way + (columns - way) * 60 / 100;
    canvas.box(new Area(0, 0, columns, rows), Style.BORDER);
    canvas.across(0, columns - 1, above, Style.BORDER);
    canvas.down(way, 0, above, Style.BORDER);
    int height = above - 1;
    canvas.lines(new Area(2, 1, way - 3, height), RunbookColumn.lines(state, way - 3, height));
    Screens.page(canvas, new Area(way + 2, 1, panels - way - 3, height), state);
    panels(panels, above);
    canvas.lines(new Area(2, above + 1, columns - 4, WideScreen.MESSAGE), message);
    Screens.edges(canvas, state, keys, columns, rows);
    return canvas.frame();
  }

  /** The forest of locks may be the longest list, and the migration says the least. */
  private void panels(int left, int bottom) {
    int pods = bottom * 22 / 100;
    int locks = bottom * 54 / 100;
    int migration = locks + Math.max(9, bottom * 18 / 100);
    panel(PanelId.PODS, left, 1, pods);
    panel(PanelId.LOCKS, left, pods, locks);
    panel(PanelId.MIGRATION, left, locks, migration);
    panel(PanelId.EVENTS, left, migration, bottom);
  }

  private void panel(PanelId panel, int left, int top, int bottom) {
    Area area = new Area(left, top, columns - left, bottom - top + 1);
    Screens.framed(canvas, panel, area, state);
  }
}
