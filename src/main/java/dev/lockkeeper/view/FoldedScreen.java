package dev.lockkeeper.view;

import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.wizard.Hints;
import dev.lockkeeper.wizard.State;
import java.util.ArrayList;
import java.util.List;

/**
 * A small screen: the way is one line, and each panel is one until it is opened.
 *
 * <pre>
 *   ┌ identity ─────────────────────────────────┐
 *   │ 3 Scale down › 3.2 Scale down  (8 of 18)  │
 *   ├───────────────────────────────────────────┤
 *   │ step                                      │
 *   ├───────────────────────────────────────────┤
 *   │ p Pods 3/3  3 Ready  1 s ago              │
 *   ├───────────────────────────────────────────┤
 *   │ message                                   │
 *   └ keys ─────────────────────────────────────┘
 * </pre>
 */
final class FoldedScreen {
  private static final List<PanelId> ORDER =
      List.of(PanelId.PODS, PanelId.LOCKS, PanelId.MIGRATION, PanelId.EVENTS);

  private final State state;
  private final Line keys;
  private final List<Line> message;
  private final int columns;
  private final int rows;
  private final Canvas canvas;

  /**
   * A small screen.
   *
   * @param keys what stands on the lower border
   * @param message what is said above it, in at most two lines
   */
  FoldedScreen(State state, Line keys, List<Line> message, int columns, int rows) {
    this.state = state;
    this.keys = keys;
    this.message = message;
    this.columns = columns;
    this.rows = rows;
    this.canvas = new Canvas(columns, rows);
  }

  Frame frame() {
    int width = columns - 4;
    int last = rows - 2 - message.size();
    int folded = last - ORDER.size() - 1;
    canvas.box(new Area(0, 0, columns, rows), Style.BORDER);
    canvas.put(2, 1, where(width), width);
    Area page = new Area(2, 2, width, folded - 2);
    if (!Screens.panel(canvas, page, state)) {
      Screens.step(canvas, page, state, StepPage.lines(state, page));
    }
    canvas.across(0, columns - 1, folded, Style.BORDER);
    canvas.lines(new Area(2, folded + 1, width, ORDER.size()), summaries());
    canvas.across(0, columns - 1, last, Style.BORDER);
    canvas.lines(new Area(2, last + 1, width, message.size()), message);
    Screens.edges(canvas, state, keys, columns, rows);
    return canvas.frame();
  }

  /** Where we are and, at the right end, what is owed and how much the act can hurt. */
  private Line where(int width) {
    Line risk = StepPage.risk(state);
    Line whole = RunbookColumn.breadcrumb(state);
    Line named = joined(owed(true), risk);
    Line counted = joined(owed(false), risk);
    if (whole.columns() + named.columns() < width) {
      return Screens.ended(whole, named, width);
    }
    boolean fits = whole.columns() + counted.columns() < width;
    return Screens.ended(fits ? whole : StepPage.title(state), counted, width);
  }

  private Line owed(boolean named) {
    List<Debt> debts = state.progress().debts();
    if (debts.isEmpty()) {
      return Line.EMPTY;
    }
    boolean one = named && debts.size() == 1;
    return Line.of("! " + (one ? debts.get(0).text() : debts.size() + " owed"), Style.WARN);
  }

  private static Line joined(Line first, Line second) {
    boolean both = first.columns() > 0 && second.columns() > 0;
    return first.and(both ? "  " : "", Style.TEXT).and(second);
  }

  private List<Line> summaries() {
    List<Line> lines = new ArrayList<>();
    for (PanelId panel : ORDER) {
      lines.add(Line.of(Hints.label(panel) + " ", Style.KEY).and(Panels.summary(panel, state)));
    }
    return lines;
  }
}
