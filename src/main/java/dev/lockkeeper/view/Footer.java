package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Hint;
import dev.lockkeeper.wizard.Hints;
import dev.lockkeeper.wizard.State;
import java.util.ArrayList;
import java.util.List;

/** The keys that matter now, on the lower border. */
final class Footer {
  private Footer() {}

  /** As many hints as fit; help and leave are the last to go. */
  static Line line(State state, int width) {
    // On the main screen the message line says what Enter waits for.
    return line(Hints.of(state), state.dialog().isPresent(), width);
  }

  /** As many of these as fit. */
  static Line line(List<Hint> live, boolean withObstacles, int width) {
    List<Hint> hints = new ArrayList<>(live);
    Line told = joined(hints, withObstacles);
    while (told.columns() > width && hints.size() > 3) {
      told = joined(hints, false);
      if (told.columns() > width) {
        hints.remove(hints.size() - 3);
      }
    }
    return told.columns() > width ? joined(hints, false).cut(width) : told;
  }

  private static Line joined(List<Hint> hints, boolean withObstacles) {
    Line line = Line.EMPTY;
    for (Hint hint : hints) {
      line =
          line.and(line.columns() == 0 ? "" : " · ", Style.BORDER).and(hint(hint, withObstacles));
    }
    return line;
  }

  private static Line hint(Hint hint, boolean withObstacle) {
    if (hint.available()) {
      return Line.of(hint.label(), Style.KEY).and(" " + hint.brief(), Style.TEXT);
    }
    String obstacle = withObstacle ? " (" + hint.obstacle() + ")" : "";
    return Line.of(hint.label() + " " + hint.brief() + obstacle, Style.DIM);
  }
}
