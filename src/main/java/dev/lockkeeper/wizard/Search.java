package dev.lockkeeper.wizard;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What is searched for; upper and lower case are alike.
 *
 * @param line what was typed; empty when nothing is searched for
 * @param typing whether it is still being typed
 */
public record Search(TypedLine line, boolean typing) {
  public static final Search NONE = new Search(TypedLine.EMPTY, false);

  static final Search BEGUN = new Search(TypedLine.EMPTY, true);

  public String text() {
    return line.text();
  }

  /** Whether something is searched for. */
  public boolean active() {
    return !text().isEmpty();
  }

  /** Whether this line has it. */
  public boolean hits(String line) {
    return active() && line.toLowerCase(Locale.ROOT).contains(text().toLowerCase(Locale.ROOT));
  }

  /** How many of these lines have it. */
  public int hits(List<String> lines) {
    return active() ? (int) lines.stream().filter(this::hits).count() : 0;
  }

  Search after(Key key) {
    return new Search(line.after(key), true);
  }

  Search typed() {
    return new Search(line, false);
  }

  /**
   * The next place that has it, going round at the end.
   *
   * @param from where to begin, which counts as the last place
   * @param by 1 to go down, -1 to go up
   */
  static OptionalInt next(int count, int from, int by, IntPredicate hits) {
    return IntStream.rangeClosed(1, count)
        .map(step -> Math.floorMod(from + by * step, count))
        .filter(hits)
        .findFirst();
  }
}
