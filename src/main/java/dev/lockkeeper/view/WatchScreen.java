package dev.lockkeeper.view;

import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.wizard.Binding;
import dev.lockkeeper.wizard.Hints;
import dev.lockkeeper.wizard.Opened;
import dev.lockkeeper.wizard.Watching;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The live panels alone. On a large screen two of them stand side by side:
 *
 * <pre>
 *   ┌ LOCKKEEPER ─ identity ────────────────────┐
 *   │ what is most urgent, or that it only looks│
 *   ├ Pods ──────────────────┬ Migration ───────┤
 *   ├ Locks ─────────────────┴──────────────────┤
 *   ├ Events ───────────────────────────────────┤
 *   └ keys ─────────────────────────────────────┘
 * </pre>
 */
public final class WatchScreen {
  private static final String NOTE =
      "Read-only: nothing can be changed from here, and nothing is written down.";

  private final Watching state;
  private final int columns;
  private final int rows;
  private final Canvas canvas;

  private WatchScreen(Watching state, int columns, int rows) {
    this.state = state;
    this.columns = columns;
    this.rows = rows;
    this.canvas = new Canvas(columns, rows);
  }

  /** The picture of this state on a screen of this size; any size has one. */
  public static Frame render(Watching state, int columns, int rows) {
    if (TooSmall.applies(columns, rows)) {
      return TooSmall.frame(columns, rows);
    }
    Frame frame = new WatchScreen(state, columns, rows).frame();
    if (!state.help()) {
      return LookBox.of(state.snapshot(), columns)
          .map(box -> Overlay.of(frame, box.frame(columns - 4, rows - 2, 0)))
          .orElse(frame);
    }
    Box keys = KeysBox.of(Binding.Place.WATCH, columns);
    return Overlay.of(frame, keys.frame(columns - 4, rows - 2, state.scroll()));
  }

  private Frame frame() {
    Line keys = Footer.line(state.hints(), false, columns - 4);
    if (state.opened().filter(Opened::zoomed).isPresent()) {
      return ZoomedScreen.frame(
          state, state.opened().get(), keys, said().stream().toList(), columns, rows);
    }
    canvas.box(new Area(0, 0, columns, rows), Style.BORDER);
    if (state.opened().isPresent()) {
      open(state.opened().get());
    } else if (columns >= Screens.WIDE && rows >= Screens.TALL) {
      beside();
    } else {
      stacked();
    }
    Screens.edges(canvas, state, keys, columns, rows);
    return canvas.frame();
  }

  private void beside() {
    canvas.put(2, 1, urgent().orElse(note()).cut(columns - 4), columns - 4);
    int content = rows - 6;
    int upper = content * 27 / 100;
    int events = content * 28 / 100;
    int locks = 2 + upper + 1;
    int last = rows - 2 - events;
    int split = columns * 55 / 100;
    panel(PanelId.PODS, new Area(0, 2, split + 1, upper + 2));
    panel(PanelId.MIGRATION, new Area(split, 2, columns - split, upper + 2));
    panel(PanelId.LOCKS, across(locks, last));
    panel(PanelId.EVENTS, across(last, rows - 1));
  }

  private Line note() {
    return Line.of(NOTE, Style.DIM)
        .and(
            OperatorLine.other(state.snapshot()).map(other -> "  " + other).orElse(""), Style.WARN);
  }

  /** There is a line for what is urgent only when there is something. */
  private void stacked() {
    Optional<Line> urgent = urgent();
    urgent.ifPresent(line -> canvas.put(2, 1, line, columns - 4));
    int top = urgent.isPresent() ? 2 : 1;
    int small = (rows - 5 - top) * 24 / 100;
    int migration = top + small + 1;
    int locks = migration + small + 1;
    int last = rows - 2 - small;
    panel(PanelId.PODS, across(top, migration));
    panel(PanelId.MIGRATION, across(migration, locks));
    panel(PanelId.LOCKS, across(locks, last));
    panel(PanelId.EVENTS, across(last, rows - 1));
  }

  /** Why a key did nothing, for as long as that is said, else what is most urgent. */
  private Optional<Line> urgent() {
    return said().or(() -> FindingsPanel.brief(state, columns - 4));
  }

  private Optional<Line> said() {
    return state.notice().map(notice -> MessageLine.lines(notice, columns - 4).get(0));
  }

  /** One panel in full, the others in a line each. */
  private void open(Opened opened) {
    List<Line> others = new ArrayList<>();
    Arrays.stream(PanelId.values())
        .filter(each -> each != opened.panel() && each.isLive())
        .map(each -> Line.of(Hints.label(each) + " ", Style.KEY).and(Panels.summary(each, state)))
        .forEach(others::add);
    said().ifPresent(others::add);
    int folded = rows - 2 - others.size();
    Area area = new Area(2, 1, columns - 4, folded - 1);
    OpenPanel.draw(canvas, area, state, opened);
    canvas.across(0, columns - 1, folded, Style.BORDER);
    canvas.lines(new Area(2, folded + 1, columns - 4, others.size()), others);
  }

  private Area across(int from, int to) {
    return new Area(0, from, columns, to - from + 1);
  }

  private void panel(PanelId panel, Area area) {
    canvas.box(area, Style.BORDER);
    canvas.title(area, Panels.title(panel, state), Panels.age(panel, state));
    Area text = area.inner().indented(1);
    canvas.lines(text, Panels.lines(panel, state, text.width(), text.height()));
  }
}
