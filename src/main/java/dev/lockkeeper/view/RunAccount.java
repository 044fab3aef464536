package dev.lockkeeper.view;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.journal.Downtime;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run has come to, in sentences. What came from outside stands in pieces of the style {@link
 * Style#STRONG}, so that whoever prints them knows which they are.
 *
 * @param summary the run
 * @param knowledge counts migrations
 */
public record RunAccount(RunSummary summary, Knowledge knowledge) {
  private static final String WITH_PODS = "those that ended with their pods are not counted";

  /**
   * One part of it.
   *
   * @param label what it is about
   * @param lines what is told, never empty
   */
  public record Part(String label, List<Line> lines) {
    public Part {
      lines = List.copyOf(lines);
    }
  }

  /** All parts, the most important first. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("Downtime", downtime()));
    parts.add(new Part("Schema", List.of(migrated())));
    parts.add(new Part("Sessions", sessions()));
    parts.add(new Part("Waived", waived()));
    if (!summary.leftOut().isEmpty()) {
      parts.add(new Part("Left out", leftOut()));
    }
    parts.add(new Part("Owed", owed()));
    return parts;
  }

  /** A moment in the one clock of the account: {@code 21:05:03Z}. */
  public static String clock(Instant moment) {
    return moment.toString().replaceFirst(".*T(\\d\\d:\\d\\d:\\d\\d).*", "$1Z");
  }

  /** A length of time: {@code 7m10s}. */
  public static String spoken(Duration length) {
    return Elapsed.text(length);
  }

  private List<Line> downtime() {
    Downtime downtime = summary.downtime();
    if (downtime.windows().isEmpty()) {
      return List.of(
          Line.of("none by this run: it did not scale Coder to 0 or uninstall it", Style.TEXT),
          Line.of("whether pods were down otherwise, its journal does not say", Style.DIM));
    }
    List<Line> lines = new ArrayList<>();
    if (downtime.windows().size() > 1) {
      lines.add(
          downtime
              .length()
              .map(all -> Line.of(Elapsed.text(all) + " in all", Style.TEXT))
              .orElse(Line.of("unknown in all", Style.UNKNOWN)));
    }
    downtime.windows().forEach(window -> lines.addAll(window(window)));
    return lines;
  }

  private static List<Line> window(Downtime.Window window) {
    List<Line> lines = new ArrayList<>();
    Optional<Duration> length = window.length();
    String left = window.watched() ? "" : ", at most: the program was not there all the time";
    lines.add(
        Line.of(
            length.map(known -> Elapsed.text(known) + left).orElse("unknown how long"),
            length.isPresent() ? Style.TEXT : Style.UNKNOWN));
    lines.add(
        Line.of("from " + clock(window.down().at()) + ", step ", Style.TEXT)
            .and(named(window.down()), Style.STRONG)
            .and(window.known() ? "" : "; nobody knows whether that was done", Style.UNKNOWN));
    lines.add(
        window
            .up()
            .map(
                up ->
                    Line.of("until " + clock(up.at()) + ", when step ", Style.TEXT)
                        .and(up.step(), Style.STRONG)
                        .and(" observed: ", Style.TEXT)
                        .and(up.value(Entry.DETAIL), Style.STRONG))
            .orElse(Line.of("no step has observed Ready pods since", Style.UNKNOWN)));
    return lines;
  }

  private static String named(Entry entry) {
    return entry.step() + " " + entry.value(Entry.SUMMARY);
  }

  private Line migrated() {
    if (summary.runbook().isEmpty()) {
      return Line.of("unknown: this program does not have the runbook of this run", Style.UNKNOWN);
    }
    return summary
        .migrated()
        .map(
            seen ->
                numbers(seen)
                    .and(" observed by step ", Style.TEXT)
                    .and(seen.evidence().step(), Style.STRONG)
                    .and(" at " + clock(seen.evidence().at()), Style.TEXT))
        .orElse(Line.of("no step of this run has observed a migration to commit", Style.TEXT));
  }

  private Line numbers(RunSummary.Migrated seen) {
    if (seen.from().isEmpty() || seen.to().isEmpty()) {
      return Line.of("the migrations of the deployment's image are committed,", Style.TEXT);
    }
    int from = seen.from().get();
    int to = seen.to().get();
    return Line.of(
        from == to
            ? "%d as before, committed,".formatted(to)
            : "%d → %d committed, %s,".formatted(from, to, counted(from, to)),
        Style.TEXT);
  }

  private String counted(int from, int to) {
    int count = knowledge.between(from, to).size();
    return count == 1 ? "1 migration" : count + " migrations";
  }

  private List<Line> sessions() {
    List<Line> lines = new ArrayList<>();
    for (Entry act : summary.sessionsEnded()) {
      boolean known = act.kind() == Entry.Kind.DONE;
      lines.add(
          Line.of("step ", Style.TEXT)
              .and(named(act), Style.STRONG)
              .and(
                  known ? ": " : ": nobody knows whether it was done: ",
                  known ? Style.TEXT : Style.UNKNOWN)
              .and(act.value(Entry.DETAIL), Style.STRONG));
    }
    if (lines.isEmpty()) {
      return List.of(Line.of("none was ended by name; " + WITH_PODS));
    }
    lines.add(Line.of(WITH_PODS, Style.DIM));
    return lines;
  }

  private List<Line> waived() {
    List<Line> lines = new ArrayList<>();
    for (Entry waiver : summary.waived()) {
      lines.add(
          Line.of("step ", Style.TEXT)
              .and(waiver.step() + " " + waiver.value(Entry.DETAIL), Style.STRONG)
              .and("; reason: ", Style.WARN)
              .and(waiver.value(Entry.REASON), Style.STRONG));
    }
    return lines.isEmpty() ? List.of(Line.of("nothing")) : lines;
  }

  private List<Line> leftOut() {
    return summary.leftOut().stream()
        .map(
            entry ->
                Line.of("step ", Style.TEXT)
                    .and(entry.step(), Style.STRONG)
                    .and("; reason: ", Style.WARN)
                    .and(entry.value(Entry.REASON), Style.STRONG))
        .toList();
  }

  private List<Line> owed() {
    List<Line> lines = new ArrayList<>();
    for (Debt debt : summary.progress().debts()) {
      lines.add(
          Line.of("! ", Style.WARN)
              .and(debt.text(), Style.STRONG)
              .and(": ", Style.WARN)
              .and(debt.command(), Style.STRONG));
    }
    summary
        .progress()
        .open()
        .ifPresent(
            act ->
                lines.add(
                    Line.of("nobody knows whether this was done: ", Style.UNKNOWN)
                        .and(named(act), Style.STRONG)));
    return lines.isEmpty() ? List.of(Line.of("✔ nothing", Style.GOOD)) : lines;
  }
}
