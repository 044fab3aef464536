package dev.lockkeeper.view;

import dev.lockkeeper.analysis.LogMark;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.wizard.Extent;
import dev.lockkeeper.wizard.Opened;
import dev.lockkeeper.wizard.ScreenState;
import dev.lockkeeper.wizard.Sheet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The text behind a row.
 *
 * <pre>
 *   log of pod coder-7d9f8-x2k4p · container coder (2 of 2)            following
 *                                                                  81 to 97 of 97
 *   ▶ Started HTTP listener at http://0.0.0.0:8080
 *   ● migrations: …
 *   ✖ connect to postgres: migrate up: …
 * </pre>
 */
final class SheetLines {
  private SheetLines() {}

  static OpenPanel.Drawn of(Sheet sheet, Opened opened, ScreenState seen, Area area) {
    Instant now = seen.snapshot().now();
    List<Line> head = head(sheet, now, area.width());
    int height = Math.max(1, area.height() - head.size());
    int first = sheet.top(height);
    List<String> all = sheet.lines();
    List<Line> lines = new ArrayList<>(head);
    for (int i = first; i < Math.min(all.size(), first + height); i++) {
      lines.add(line(sheet, all.get(i), opened, area.width()));
    }
    return new OpenPanel.Drawn(
        Screens.ended(title(sheet), age(sheet, now), area.width()),
        place(sheet, first, Math.min(all.size(), first + height)),
        opened.search().hits(all),
        lines,
        Extent.of(all.size(), height));
  }

  private static Line line(Sheet sheet, String raw, Opened opened, int width) {
    if (!sheet.isLog()) {
      return OpenPanel.seen(Line.of(raw), opened, width);
    }
    return switch (LogMark.of(raw)) {
      case START ->
          OpenPanel.behind(Line.of("▶", Style.GOOD), Line.of(raw, Style.STRONG), opened, width);
      case MIGRATION -> OpenPanel.behind(Line.of("●", Style.WARN), Line.of(raw), opened, width);
      case FAILURE ->
          OpenPanel.behind(Line.of("✖", Style.BAD), Line.of(raw, Style.BAD), opened, width);
      case NONE -> OpenPanel.behind(Line.EMPTY, Line.of(raw), opened, width);
    };
  }

  /** Why it was not read, or is not read any more. */
  private static List<Line> head(Sheet sheet, Instant now, int width) {
    Observed<List<String>> text = sheet.text();
    if (!text.isKnown()) {
      return Line.wrapped(Freshness.why(text, now).text(), Style.UNKNOWN, width);
    }
    boolean blank = sheet.isLog() && sheet.lines().isEmpty();
    return blank ? List.of(Line.of("nothing was printed so far", Style.DIM)) : List.of();
  }

  private static Line title(Sheet sheet) {
    Line title = Line.of(sheet.title(), Style.TITLE);
    if (!sheet.isLog()) {
      return title;
    }
    boolean previous = sheet.asked().filter(Inspection::previous).isPresent();
    Line run = previous ? Line.of(" · the run before", Style.WARN) : Line.EMPTY;
    return title.and(sheet.log().map(SheetLines::container).orElse(Line.EMPTY)).and(run);
  }

  private static Line container(Sheet.Log log) {
    int place = log.containers().indexOf(log.container()) + 1;
    String which = " (%d of %d)".formatted(place, log.containers().size());
    return Line.of(" · container ", Style.TEXT)
        .and(log.container(), Style.STRONG)
        .and(log.containers().size() > 1 ? which : "", Style.DIM);
  }

  /** What goes on by itself has no age. */
  private static Line age(Sheet sheet, Instant now) {
    boolean goesOn = sheet.text().isKnown() && sheet.log().filter(log -> !log.ended()).isPresent();
    if (goesOn) {
      return Line.of(sheet.place().follows() ? "following" : "G follows", Style.GOOD);
    }
    if (!sheet.text().isKnown()) {
      return Freshness.age(sheet.text(), now);
    }
    String age = "read " + Elapsed.text(sheet.text().age(now)) + " ago";
    return Line.of(sheet.isLog() ? "ended, " + age : age, Style.DIM);
  }

  private static String place(Sheet sheet, int first, int end) {
    long omitted = sheet.log().map(Sheet.Log::omitted).orElse(0L);
    String more = omitted > 0 ? ", %d before them left out".formatted(omitted) : "";
    return end == 0 ? "" : "%d to %d of %d%s".formatted(first + 1, end, sheet.lines().size(), more);
  }
}
