package dev.lockkeeper.view;

import java.util.ArrayList;
import java.util.List;

/** The part of a long text that is in sight, and how much is out of it. */
final class Scrolled {
  private Scrolled() {}

  /** Exactly the lines in sight; a line is given up to say that there is more. */
  static List<Line> of(List<Line> lines, int scroll, int height) {
    return of(lines, scroll, height, "space");
  }

  /**
   * The same.
   *
   * @param down the key that leads further down
   */
  static List<Line> of(List<Line> lines, int scroll, int height, String down) {
    if (lines.size() <= height || height < 3) {
      return lines.subList(0, Math.min(lines.size(), Math.max(0, height)));
    }
    int from = Math.min(scroll, lines.size() - height);
    List<Line> sight = new ArrayList<>(lines.subList(from, from + height));
    int below = lines.size() - from - height;
    if (from > 0) {
      sight.set(0, Line.of("↑ %d more above: pgup".formatted(from + 1), Style.KEY));
    }
    if (below > 0) {
      sight.set(height - 1, Line.of("↓ %d more below: %s".formatted(below + 1, down), Style.KEY));
    }
    return sight;
  }

  /**
   * The same from this line on, where the lines belong to rows that are chosen.
   *
   * @param from the first in sight
   */
  static List<Line> more(List<Line> lines, int from, int height) {
    List<Line> sight = new ArrayList<>(lines.subList(from, Math.min(lines.size(), from + height)));
    int below = lines.size() - from - height;
    if (below > 0 && height > 2) {
      sight.set(height - 1, Line.of("↓ %d more below: j, enter".formatted(below + 1), Style.KEY));
    }
    return sight;
  }
}
