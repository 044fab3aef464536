package dev.lockkeeper.report;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.view.RunAccount;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happened when, for people: decisions, acts, what was observed, and who came and left.
 *
 * @param runbook names the steps, where it is known
 * @param entries the journal
 */
record Timeline(Optional<Runbook> runbook, List<Entry> entries) {
  /** A day before its first line, then a line for each entry that somebody asks for later. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String day = "";
    for (Entry entry : entries) {
      String told = told(entry);
      if (told.isEmpty()) {
        continue;
      }
      String date = day(entry.at());
      lines.add((date.equals(day) ? "" : date + " ") + RunAccount.clock(entry.at()) + " " + told);
      day = date;
    }
    return lines;
  }

  static String day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private String told(Entry entry) {
    return switch (entry.kind()) {
      case STARTED -> "the run began";
      case REMEMBERED, ATTESTED -> "";
      case CHOSEN -> step(entry) + ": decided " + Markdown.code(entry.value(Entry.VALUE));
      case WAIVED ->
          step(entry) + ": waived " + Markdown.code(entry.value(Entry.DETAIL)) + reason(entry);
      case SKIPPED -> step(entry) + ": left out" + reason(entry);
      case REOPENED -> step(entry) + ": opened again";
      case INTENDED -> step(entry) + ": asked for " + Markdown.code(entry.value(Entry.SUMMARY));
      case DONE -> step(entry) + ": **done** " + Markdown.code(entry.value(Entry.DETAIL));
      case REFUSED ->
          step(entry)
              + ": **refused**, nothing was changed "
              + Markdown.code(entry.value(Entry.DETAIL));
      case UNKNOWN ->
          step(entry)
              + ": **nobody knows whether it was done** "
              + Markdown.code(entry.value(Entry.DETAIL));
      case COMPLETED -> completed(entry);
      case LEFT -> "the operator left";
      case RESUMED -> "the operator came back";
      case FINISHED -> "all steps were over";
    };
  }

  /** Of a step that was only to be read nobody asks when. */
  private String completed(Entry entry) {
    String detail = entry.value(Entry.DETAIL);
    boolean observed =
        runbook
            .flatMap(walked -> walked.step(entry.step()))
            .map(step -> !step.after().isEmpty())
            .orElse(true);
    return observed ? step(entry) + ": observed " + Markdown.code(detail) : "";
  }

  private String step(Entry entry) {
    return Markdown.code(TicketReport.step(runbook, entry.step()));
  }

  private static String reason(Entry entry) {
    return "; reason: " + Markdown.code(entry.value(Entry.REASON));
  }
}
