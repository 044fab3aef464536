package dev.lockkeeper.report;

import dev.lockkeeper.action.Prediction;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.JournalLine;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A journal to be read by a person.
 *
 * <pre>
 *   14  2026-11-21 22:11:40 +01:00  intended  3.2  scale deployment/coder from 3 to 0
 *   15  2026-11-21 22:11:41 +01:00  done      3.2  scale deployment/coder from 3 to 0: replicas 3 -> 0
 * </pre>
 *
 * @param chain the journal
 * @param path where it is
 * @param zone for the times
 */
public record JournalReport(Chain chain, String path, ZoneId zone) implements Report {
  /** What a request names for programs stands in its summary for people. */
  private static final Set<String> SPOKEN =
      Set.of(
          Entry.SUMMARY,
          Entry.WORD,
          Entry.VALUE,
          Entry.REASON,
          Entry.DETAIL,
          Entry.COMMAND,
          Entry.UNDO);

  @Override
  public List<Line> lines(int width) {
    Table page = new Table();
    page.field("run", chain.run());
    page.field("journal", path);
    page.field("times", zone + ", by this machine's clock; the order is that of the lines");
    List<Line> lines = new ArrayList<>(page.lines(width));
    lines.add(Line.EMPTY);
    lines.addAll(entries().lines(width));
    chain
        .fault()
        .ifPresent(
            fault -> {
              lines.add(Line.EMPTY);
              lines.addAll(
                  Line.wrapped(
                      "broken at line %d: %s".formatted(fault.line(), fault.what()),
                      Style.BAD,
                      width));
            });
    return lines;
  }

  private Table entries() {
    Table table = new Table();
    Optional<Instant> before = Optional.empty();
    int number = 0;
    for (JournalLine line : chain.lines()) {
      number++;
      Line count = Line.of(Integer.toString(number), Style.DIM).padLeft(4);
      if (line.entry().isEmpty()) {
        table.row(count, Line.EMPTY, Line.EMPTY, Line.EMPTY, unreadable(number));
        continue;
      }
      Entry entry = line.entry().get();
      before
          .flatMap(last -> setBack(last, entry.at()))
          .ifPresent(said -> table.row(Line.EMPTY, Line.EMPTY, Line.EMPTY, Line.EMPTY, said));
      table.row(
          count,
          Line.of(ReportText.moment(entry.at(), zone), Style.DIM),
          Line.of(ReportText.of(entry.kind()), style(entry.kind())),
          Line.of(entry.step()),
          Line.of(said(entry)));
      before = Optional.of(entry.at());
    }
    return table;
  }

  private Line unreadable(int number) {
    return Line.of(
        number == chain.lines().size() && chain.torn()
            ? "this line was begun and never finished: what it meant to say never happened"
            : "this line cannot be understood",
        Style.WARN);
  }

  private static Optional<Line> setBack(Instant last, Instant at) {
    return at.isBefore(last)
        ? Optional.of(
            Line.of(
                "the clock was set back by %s or more between these two lines"
                    .formatted(Durations.of(Duration.between(at, last))),
                Style.WARN))
        : Optional.empty();
  }

  private static Style style(Entry.Kind kind) {
    return switch (kind) {
      case INTENDED, WAIVED, SKIPPED, REOPENED -> Style.WARN;
      case DONE, COMPLETED, FINISHED -> Style.GOOD;
      case REFUSED, UNKNOWN -> Style.BAD;
      case STARTED, REMEMBERED, ATTESTED, CHOSEN, LEFT, RESUMED -> Style.STRONG;
    };
  }

  /** What it says, in the order of a sentence: what, its value, what came of it, and why. */
  private static String said(Entry entry) {
    List<String> parts = new ArrayList<>();
    add(parts, entry.value(Entry.SUMMARY));
    String value = entry.value(Entry.VALUE);
    add(parts, entry.value(Entry.WORD) + (value.isEmpty() ? "" : " = " + value));
    add(parts, entry.value(Entry.DETAIL));
    add(parts, entry.value(Entry.REASON).isEmpty() ? "" : "reason: " + entry.value(Entry.REASON));
    if (entry.value(Entry.SUMMARY).isEmpty()) {
      add(parts, rest(entry));
    } else if (entry.kind() == Entry.Kind.INTENDED) {
      add(parts, entry.value(Entry.COMMAND));
      add(
          parts,
          entry.value(Prediction.TOLD).isEmpty()
              ? ""
              : "predicted: " + entry.value(Prediction.TOLD));
    }
    return String.join(" · ", parts);
  }

  private static void add(List<String> parts, String part) {
    if (!part.isBlank()) {
      parts.add(part);
    }
  }

  private static String rest(Entry entry) {
    return new TreeMap<>(entry.data())
        .entrySet().stream()
            .filter(value -> !SPOKEN.contains(value.getKey()))
            .map(value -> value.getKey() + " " + value.getValue())
            .collect(Collectors.joining(", "));
  }

  @Override
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", chain.run());
    json.put("journal", path);
    json.put("brokenAtLine", chain.fault().map(Chain.Fault::line).orElse(null));
    List<Object> lines = new ArrayList<>();
    for (int i = 0; i < chain.lines().size(); i++) {
      lines.add(described(i + 1, chain.lines().get(i)));
    }
    json.put("lines", lines);
    return json;
  }

  private static Map<String, Object> described(int number, JournalLine line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", number);
    json.put("hash", line.hash());
    json.put("at", line.entry().map(entry -> entry.at().toString()).orElse(null));
    json.put("kind", line.entry().map(entry -> ReportText.of(entry.kind())).orElse(null));
    json.put("step", line.entry().map(Entry::step).orElse(null));
    json.put(
        "data",
        line.entry().map(entry -> new LinkedHashMap<String, Object>(entry.data())).orElse(null));
    return json;
  }
}
