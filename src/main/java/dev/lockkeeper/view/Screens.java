package dev.lockkeeper.view;

import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.wizard.Approach;
import dev.lockkeeper.wizard.Dialog;
import dev.lockkeeper.wizard.Extent;
import dev.lockkeeper.wizard.Opened;
import dev.lockkeeper.wizard.ScreenState;
import dev.lockkeeper.wizard.State;
import java.util.List;
import java.util.Optional;

/** The whole screen. */
public final class Screens {
  static final int WIDE = 100;
  static final int TALL = 30;

  private Screens() {}

  /** The picture of this state on a screen of this size; any size has one. */
  public static Frame render(State state, int columns, int rows) {
    if (TooSmall.applies(columns, rows)) {
      return TooSmall.frame(columns, rows);
    }
    int width = columns - 4;
    List<Line> message =
        MessageLine.lines(state, width, wide(columns, rows) ? WideScreen.MESSAGE : 1);
    return whole(state, Footer.line(state, width), message, columns, rows);
  }

  /** The picture of a walk that cannot begin yet. */
  public static Frame render(Approach approach, int columns, int rows) {
    if (TooSmall.applies(columns, rows)) {
      return TooSmall.frame(columns, rows);
    }
    int width = columns - 4;
    Line keys = Footer.line(approach.hints(), false, width);
    List<Line> message = MessageLine.lines(approach.message(), width);
    return whole(approach.picture(), keys, message, columns, rows);
  }

  private static boolean wide(int columns, int rows) {
    return columns >= WIDE && rows >= TALL;
  }

  private static Frame whole(State state, Line keys, List<Line> message, int columns, int rows) {
    Frame main = main(state, keys, message, columns, rows);
    return state
        .dialog()
        .map(dialog -> QuestionBox.of(dialog, state, columns))
        .map(box -> Overlay.of(main, box.frame(columns - 4, rows - 2, state.scroll())))
        .orElse(main);
  }

  private static Frame main(State state, Line keys, List<Line> message, int columns, int rows) {
    if (state.opened().filter(Opened::zoomed).isPresent()) {
      return ZoomedScreen.frame(state, state.opened().get(), keys, message, columns, rows);
    }
    if (!wide(columns, rows)) {
      return new FoldedScreen(state, keys, message, columns, rows).frame();
    }
    return columns < BroadScreen.WIDTH
        ? new WideScreen(state, keys, message, columns, rows).frame()
        : new BroadScreen(state, keys, message, columns, rows).frame();
  }

  /**
   * The question about an act whose end is in sight for the first time on a screen of this size;
   * the server must have said what it would do.
   */
  public static Optional<Dialog.Confirm> readToItsEnd(State state, int columns, int rows) {
    return state
        .confirm()
        .filter(asked -> !TooSmall.applies(columns, rows))
        .filter(asked -> !asked.read() && asked.rehearsal().isPresent())
        .filter(
            asked -> QuestionBox.of(asked, state, columns).endsInSight(rows - 2, state.scroll()));
  }

  /** The panel that is open in the step's place, if one is. */
  static boolean panel(Canvas canvas, Area area, State state) {
    state.opened().ifPresent(opened -> OpenPanel.draw(canvas, area, state, opened));
    return state.opened().isPresent();
  }

  /** The step, scrolled as far as the operator wants. */
  static void step(Canvas canvas, Area area, State state, List<Line> lines) {
    canvas.scrolls(Extent.of(lines.size(), area.height()));
    canvas.lines(area, Scrolled.of(lines, state.scroll(), area.height()));
  }

  /** The open panel, or the step below its title, beside the panels. */
  static void page(Canvas canvas, Area area, State state) {
    if (panel(canvas, area, state)) {
      return;
    }
    Line title = ended(StepPage.title(state), StepPage.risk(state), area.width());
    canvas.put(area.column(), area.row(), title, area.width());
    Area text = area.below(2);
    step(canvas, text, state, StepPage.besidePanels(state, text));
  }

  /** A panel in a frame of its own, with its name and its age. */
  static void framed(Canvas canvas, PanelId panel, Area area, State state) {
    canvas.box(area, Style.BORDER);
    canvas.title(area, Panels.title(panel, state), Panels.age(panel, state));
    Area text = area.inner().indented(1);
    canvas.lines(text, Panels.lines(panel, state, text.width(), text.height()));
  }

  /** A line with another one at its right end; if they are too long, the first one is cut. */
  static Line ended(Line line, Line end, int width) {
    int room = width - end.columns();
    return line.cut(Math.max(0, room - 1)).padRight(room).and(end);
  }

  /** The bar above and the keys below: the frame of every screen. */
  static void edges(Canvas canvas, ScreenState seen, Line keys, int columns, int rows) {
    canvas.put(0, 0, IdentityBar.line(seen, columns));
    Line padded = Line.of(" ").and(keys).and(" ", Style.TEXT);
    canvas.put(1, rows - 1, padded, columns - 2);
  }
}
