package dev.lockkeeper.view;

import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Says of each fact how old it is, so that nothing old is ever shown as live. */
public final class Freshness {
  private Freshness() {}

  /** Whether it was read recently enough to act upon. */
  public static boolean live(Observed<?> fact, Instant now) {
    return fact.fresh(now, Snapshot.FRESH).isPresent();
  }

  /** Its age for the end of a title: {@code 1 s ago}, {@code stale, 12 s old}, {@code unknown}. */
  public static Line age(Observed<?> fact, Instant now) {
    String age = Elapsed.text(fact.age(now));
    if (live(fact, now)) {
      return Line.of(age + " ago", Style.DIM);
    }
    if (fact.cause() == Observed.Cause.CONNECTING) {
      return Line.of("… " + age, Style.UNKNOWN);
    }
    if (fact.value().isEmpty()) {
      return Line.of("? unknown", Style.UNKNOWN);
    }
    return Line.of((fact.isKnown() ? "? stale, " : "? lost, ") + age + " old", Style.UNKNOWN);
  }

  /** Why it is not live, with its age; one line, to be wrapped or cut. */
  public static Line why(Observed<?> fact, Instant now) {
    String age = Elapsed.text(fact.age(now));
    if (fact.isKnown()) {
      return Line.of("? stale: last read %s ago".formatted(age), Style.UNKNOWN);
    }
    if (fact.cause() == Observed.Cause.CONNECTING) {
      return Line.of("… %s, %s".formatted(fact.reason(), age), Style.UNKNOWN);
    }
    String seen = fact.value().isPresent() ? "; last seen %s ago".formatted(age) : "";
    String reason = seen.isEmpty() ? fact.reason() : fact.reason().replaceFirst("[.;,\\s]+$", "");
    return Line.of("? unknown: " + reason + seen, Style.UNKNOWN);
  }

  /** A title's counts: their own style while the fact is live, that of the unknown afterwards. */
  static Line counts(Observed<?> fact, Instant now, Line name, Line counts) {
    return name.and(live(fact, now) ? counts : counts.styled(Style.UNKNOWN));
  }

  /**
   * The lines of a panel about this fact. When it is not live, the first lines say why, and what
   * was seen last follows in the style of the unknown.
   *
   * @param lines makes them from the value and the moment up to which ages count: of what is not
   *     live, nobody knows that it has grown older since it was read
   */
  static <T> List<Line> body(
      Observed<T> fact,
      Instant now,
      int width,
      int height,
      BiFunction<T, Instant, List<Line>> lines) {
    if (live(fact, now)) {
      return clipped(lines.apply(fact.value().orElseThrow(), now), width, height);
    }
    List<Line> all = new ArrayList<>(Line.wrapped(why(fact, now).text(), Style.UNKNOWN, width));
    fact.value().map(last -> lines.apply(last, fact.at())).stream()
        .flatMap(List::stream)
        .forEach(line -> all.add(line.styled(Style.UNKNOWN)));
    return clipped(all, width, height);
  }

  /** The one line of a folded panel about this fact. */
  static <T> Line summary(Line name, Observed<T> fact, Instant now, Function<T, Line> summary) {
    Line start = name.and("  ", Style.TEXT);
    return live(fact, now)
        ? start
            .and(summary.apply(fact.value().orElseThrow()))
            .and("  ", Style.TEXT)
            .and(age(fact, now))
        : start.and(why(fact, now));
  }

  private static List<Line> clipped(List<Line> lines, int width, int height) {
    return Rows.within(lines, height).stream().map(line -> line.cut(width)).toList();
  }
}
