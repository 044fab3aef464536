package dev.lockkeeper.report;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.JournalLine;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.journal.RunSummary;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.RunAccount;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has come to, as Markdown for a ticket: a summary, and what happened when by one clock.
 *
 * @param chain the journal
 * @param path where it is
 * @param runbook the runbook that was walked; empty where this program does not have it
 * @param knowledge counts migrations
 * @param zone the zone of this machine, named once
 */
public record TicketReport(
    Chain chain, String path, Optional<Runbook> runbook, Knowledge knowledge, ZoneId zone)
    implements Report {
  private static final String UNKNOWN = "unknown";

  /** What is not understood may be an act, or what came of one. */
  private static final String DOUBT =
      "not all of the journal is whole and understood, see Record: there may have been more acts,"
          + " and more may be owed, than is told here";

  @Override
  public List<Line> lines(int width) {
    return text().stream().map(Line::of).toList();
  }

  /** The table of lines is what programs read. */
  @Override
  public Map<String, Object> json() {
    return new JournalReport(chain, path, zone).json();
  }

  private List<String> text() {
    List<Entry> entries = chain.lines().stream().flatMap(line -> line.entry().stream()).toList();
    Instant start = entries.isEmpty() ? Instant.EPOCH : entries.get(0).at();
    RunSummary run = new RunSummary(Progress.of(entries, start), runbook);
    List<String> text = new ArrayList<>();
    text.add("# " + title(run) + ": " + outcome(run, entries));
    text.add("");
    if (isDoubtful()) {
      field("Careful", DOUBT, text);
    }
    head(run, entries, text);
    for (RunAccount.Part part : new RunAccount(run, knowledge).parts()) {
      part(part, text);
    }
    text.add("");
    text.add("## Timeline");
    text.add("");
    text.add(clock(start));
    text.add("");
    new Timeline(runbook, entries).lines().forEach(line -> text.add("- " + line));
    text.add("");
    record(text);
    return text;
  }

  private String title(RunSummary run) {
    return runbook
        .map(Runbook::title)
        .map(Markdown::code)
        .orElseGet(() -> Markdown.code(value(run, Entry.RUNBOOK)));
  }

  /** A run that was killed wrote nothing about it: its last line is all that is known. */
  private static String outcome(RunSummary run, List<Entry> entries) {
    if (entries.isEmpty()) {
      return UNKNOWN + ", its journal says nothing";
    }
    if (run.progress().ended()) {
      return run.progress().owes() ? "finished, but something is owed" : "finished";
    }
    boolean left = entries.get(entries.size() - 1).kind() == Entry.Kind.LEFT;
    return left
        ? "left before its end"
        : "not finished; whether it still runs or was killed, its journal does not say";
  }

  private void head(RunSummary run, List<Entry> entries, List<String> text) {
    field("Run", Markdown.code(chain.run()), text);
    run.scenario().ifPresent(played -> field("Practice", Markdown.code(played), text));
    field(
        "Where",
        "context %s, namespace %s, deployment %s"
            .formatted(
                known(value(run, RunFacts.CONTEXT)),
                known(value(run, RunFacts.NAMESPACE)),
                known(value(run, "deployment"))),
        text);
    field(
        "Version",
        "from %s to %s"
            .formatted(
                known(run.progress().facts().recalled(RunFacts.SOURCE).orElse("")),
                known(run.progress().facts().target().orElse(""))),
        text);
    field("Began", run.began().map(TicketReport::moment).orElse(UNKNOWN), text);
    field("Ended", run.ended().map(TicketReport::moment).orElseGet(() -> last(entries)), text);
    run.began()
        .flatMap(from -> run.ended().map(to -> Duration.between(from, to)))
        .filter(took -> !took.isNegative())
        .ifPresent(took -> field("Took", RunAccount.spoken(took), text));
  }

  private static String last(List<Entry> entries) {
    return entries.isEmpty()
        ? UNKNOWN
        : UNKNOWN + "; the last line is of " + moment(entries.get(entries.size() - 1).at());
  }

  private static void part(RunAccount.Part part, List<String> text) {
    List<Line> lines = part.lines();
    if (lines.size() == 1) {
      field(part.label(), Markdown.of(lines.get(0)), text);
      return;
    }
    text.add("- **%s:**".formatted(part.label()));
    lines.forEach(line -> text.add("  - " + Markdown.of(line)));
  }

  private static void field(String label, String value, List<String> text) {
    text.add("- **%s:** %s".formatted(label, value));
  }

  private static String value(RunSummary run, String key) {
    return run.progress().entries().stream()
        .filter(entry -> entry.kind() == Entry.Kind.STARTED)
        .map(entry -> entry.value(key))
        .findFirst()
        .orElse("");
  }

  private static String known(String value) {
    return value.isEmpty() ? UNKNOWN : Markdown.code(value);
  }

  private static String moment(Instant at) {
    return Timeline.day(at) + " " + RunAccount.clock(at);
  }

  private String clock(Instant start) {
    ZoneOffset offset = zone.getRules().getOffset(start);
    String here = offset.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset;
    return "All times are UTC, by the clock of the machine that ran it. Here (%s) it was %s then."
        .formatted(Markdown.code(zone.getId()), here);
  }

  private void record(List<String> text) {
    text.add("## Record");
    text.add("");
    field("Journal", Markdown.code(path), text);
    field(
        "Head",
        "%d lines, %s".formatted(chain.head().lines(), Markdown.code(chain.head().hash())),
        text);
    chain
        .fault()
        .ifPresent(
            fault ->
                field(
                    "Broken",
                    "at line %d: %s; nothing above is proven from there on"
                        .formatted(fault.line(), Markdown.code(fault.what())),
                    text));
    List<JournalLine> unread = unread();
    if (!unread.isEmpty()) {
      field(
          "Not understood",
          unread.size() + (unread.size() == 1 ? " line" : " lines") + ", left out above",
          text);
    }
  }

  private List<JournalLine> unread() {
    return chain.lines().stream().filter(line -> line.entry().isEmpty()).toList();
  }

  private boolean isDoubtful() {
    return chain.fault().isPresent() || !unread().isEmpty();
  }

  /** The title of a step, where the runbook is known. */
  static String step(Optional<Runbook> runbook, String id) {
    return id
        + runbook.flatMap(walked -> walked.step(id)).map(Step::title).map(" "::concat).orElse("");
  }
}
