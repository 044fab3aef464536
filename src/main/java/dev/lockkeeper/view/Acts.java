package dev.lockkeeper.view;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Risk;
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
    return Hanging.of(Line.of("$ ", Style.DIM), command, Style.COMMAND, width);
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
    String doing = pending.sent() ? "Asking the cluster: " : "Writing it down first: ";
    String taken = Elapsed.text(Duration.between(pending.since(), now));
    return Line.of("◐ " + doing, Style.KEY)
        .and(pending.request().summary(), Style.STRONG)
        .and(" … " + taken, Style.DIM);
  }
}
