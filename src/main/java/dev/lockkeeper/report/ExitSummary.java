package dev.lockkeeper.report;

import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is said on the terminal that the wizard gave back: what is owed and how to go on.
 *
 * <pre>
 *   Left the run 20261121-210512-coder-upgrade; nothing was undone.
 *   owed     bring back 3 replicas
 *            kubectl scale deployment/coder -n coder --replicas=3
 *   go on    lockkeeper resume 20261121-210512-coder-upgrade
 *   journal  /home/me/.local/state/lockkeeper/runs/…/journal.jsonl
 *   head     41 lines, 9f86d081884c7d65…
 * </pre>
 *
 * @param run the run's name
 * @param progress where it stands
 * @param journal where its journal is
 * @param head where its journal ends
 * @param unwritten what acts have come to that could not be written to it
 */
public record ExitSummary(
    String run, Progress progress, String journal, Head head, List<Entry> unwritten) {
  private static final String NOTE_DOWN =
      "Note this down: it could not be written to the journal, which says that the outcome is not"
          + " known.";

  private static final String DOOR =
      "as the database's owner, through another database (psql -d postgres): until then only"
          + " superusers can connect to this one";

  public ExitSummary {
    unwritten = List.copyOf(unwritten);
    for (Entry entry : unwritten) {
      progress = progress.with(entry);
    }
  }

  /** The lines, none of which is wrapped: commands are there to be copied. */
  public List<Line> lines() {
    Table table = new Table();
    for (Entry entry : unwritten) {
      table.row(
          Line.of("came of", Style.BAD),
          Line.of(
              "%s: %s %s, at %s"
                  .formatted(
                      entry.value(Entry.SUMMARY),
                      entry.kind().name().toLowerCase(Locale.ROOT),
                      entry.value(Entry.DETAIL),
                      entry.at()),
              Style.STRONG));
      table.row(Line.EMPTY, Line.of(NOTE_DOWN, Style.BAD));
    }
    progress
        .open()
        .ifPresent(
            entry ->
                table.field("unknown", "nobody saw the outcome of: " + entry.value(Entry.SUMMARY)));
    for (Debt debt : progress.debts()) {
      table.row(Line.of("owed", Style.TITLE), Line.of(debt.text(), Style.STRONG));
      table.row(Line.EMPTY, Line.of(debt.command(), Style.COMMAND));
      if (debt.word().equals(Debt.CONNECTION_LIMIT)) {
        table.row(Line.EMPTY, Line.of(DOOR, Style.TEXT));
      }
    }
    if (progress.debts().isEmpty()) {
      table.field("owed", "nothing");
    }
    if (!progress.ended()) {
      table.field("go on", "lockkeeper resume " + run);
    }
    table.field("journal", journal);
    table.field("head", "%d lines, %s".formatted(head.lines(), head.hash()));
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.of(
            progress.ended()
                ? "The run %s is finished.".formatted(run)
                : "Left the run %s; nothing was undone.".formatted(run),
            Style.TITLE));
    lines.addAll(table.lines(Integer.MAX_VALUE));
    return lines;
  }
}
