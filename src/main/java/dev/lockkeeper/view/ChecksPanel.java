package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Assessment;
import dev.lockkeeper.wizard.ScreenState;
import java.util.List;

/** What is asked before the step on the screen, each with what was found. */
final class ChecksPanel {
  private ChecksPanel() {}

  /** The panel's name and the step: {@code Checks before 3.2}. */
  static Line title(ScreenState state) {
    Line name = Line.of("Checks", Style.TITLE);
    return state
        .walked()
        .map(walk -> name.and(" before " + walk.step().id(), Style.STRONG))
        .orElse(name);
  }

  /** What does not hold comes first. */
  static List<Line> lines(ScreenState state, int width, int height) {
    List<Line> lines =
        state
            .walked()
            .map(walk -> Guards.all(Assessment.of(walk, walk.step()), width))
            .orElse(List.of());
    return lines.isEmpty()
        ? List.of(Line.of("Nothing is asked before this step.", Style.DIM))
        : Rows.within(lines, height);
  }
}
