package dev.lockkeeper.view;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.wizard.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What would be done, and what is being done. */
final class Acts {
  private Acts() {}

  /** The word that says how much it can hurt; nothing for what cannot. */
  static Line risk(Risk risk) {
    return switch (risk) {
      case SAFE -> Line.EMPTY;
      case DISRUPTIVE -> Line.of("▲ DISRUPTIVE", Style.WARN);
      case IRREVERSIBLE -> Line.of(" ✖ IRREVERSIBLE ", Style.DANGER);
    };
  }

  /** A command that a person could type, whole: what does not fit on a line goes on below. */
  static List<Line> command(String command, int width) {
    return command(Line.of("$ ", Style.DIM), command, width);
  }

  /** The same behind another mark. */
  static List<Line> command(Line mark, String command, int width) {
    return Hanging.beside(mark, CommandLines.of(command, Style.COMMAND, width - mark.columns()));
  }

  static List<Line> effects(Plan plan, int width) {
    List<Line> lines = new ArrayList<>();
    for (String effect : plan.effects()) {
      lines.addAll(Hanging.of(Line.of("- ", Style.DIM), effect, Style.TEXT, width));
    }
    return lines;
  }

  /** How it is taken back, or why it cannot be. */
  static List<Line> undo(Plan plan, int width) {
    if (plan.risk() != Risk.IRREVERSIBLE && plan.undo().startsWith("none")) {
      // Not a command: nobody should type it.
      return Line.wrapped(plan.undo(), Style.TEXT, width);
    }
    return plan.risk() == Risk.IRREVERSIBLE
        ? Hanging.of(Line.of("✖ ", Style.BAD), plan.undo(), Style.BAD, width)
        : command(plan.undo(), width);
  }

  /** What was confirmed and has no answer yet, with the seconds that it has taken. */
  static Line underWay(Pending pending, Instant now) {
    Line summary = Line.of(pending.request().summary(), Style.STRONG);
    if (pending.outcome().isPresent()) {
      Line came = came(pending.outcome().get().kind());
      // What is long is cut at its end, and this must not be.
      return pending.unwritten().isEmpty()
          ? came.and(": ", Style.TEXT).and(summary).and(", being written down …", Style.DIM)
          : came.and("; not in the journal yet", Style.BAD).and(": ", Style.TEXT).and(summary);
    }
    String doing = pending.sent() ? "Asking the cluster: " : "Writing it down first: ";
    String taken = Elapsed.text(Duration.between(pending.since(), now));
    return Line.of("◐ " + doing, Style.WARN).and(summary).and(" … " + taken, Style.DIM);
  }

  /** How far it is, where that is told. */
  static List<Line> progress(Pending pending, int width) {
    return pending.progress().isEmpty() || pending.outcome().isPresent()
        ? List.of()
        : List.of(Line.of("  " + pending.progress(), Style.DIM).cut(width));
  }

  /** How it ended, which is known before it is on disk. */
  private static Line came(Entry.Kind kind) {
    return switch (kind) {
      case DONE -> Line.of("✔ Done", Style.GOOD);
      case REFUSED -> Line.of("▲ Refused, nothing was changed", Style.WARN);
      case UNKNOWN -> Line.of("✖ Nobody knows whether it was done", Style.BAD);
      case STARTED,
          REMEMBERED,
          ATTESTED,
          CHOSEN,
          WAIVED,
          INTENDED,
          COMPLETED,
          SKIPPED,
          REOPENED,
          LEFT,
          RESUMED,
          FINISHED ->
          Line.EMPTY;
    };
  }

  /** What to do while the outcome of an act is in memory alone; nothing otherwise. */
  static List<Line> kept(Pending pending, int width) {
    String advice =
        "The journal cannot be written: %s. The outcome is kept in memory and tried again every second: make room on the journal's disk, and stay until it is written."
            .formatted(pending.unwritten());
    return pending.unwritten().isEmpty()
        ? List.of()
        : Hanging.of(Line.of("! ", Style.WARN), advice, Style.WARN, width);
  }
}
