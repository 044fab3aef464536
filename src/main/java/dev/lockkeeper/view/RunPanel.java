package dev.lockkeeper.view;

import dev.lockkeeper.journal.RunSummary;
import dev.lockkeeper.wizard.ScreenState;
import dev.lockkeeper.wizard.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this run is for, as long as nothing was done in it; what it has come to, from then on. */
final class RunPanel {
  private RunPanel() {}

  /** The panel's name. */
  static Line title(ScreenState state) {
    Line name = Line.of("This run", Style.TITLE);
    return state
        .walked()
        .map(walk -> walk.setting().run())
        .filter(run -> !run.isEmpty())
        .map(run -> name.and("  " + run, Style.DIM))
        .orElse(name);
  }

  static List<Line> lines(ScreenState state, int width, int height) {
    return Rows.within(
        state.walked().map(walk -> lines(walk, width, height)).orElse(List.of()), height);
  }

  private static List<Line> lines(State walk, int width, int height) {
    return walk.progress().over().isEmpty() && !walk.acted()
        ? new RunIntroduction(walk, width).lines(height)
        : account(walk, width, height);
  }

  private static List<Line> account(State walk, int width, int height) {
    RunSummary summary = new RunSummary(walk.progress(), Optional.of(walk.runbook()));
    List<Line> lines = new ArrayList<>(headline(walk, width));
    lines.add(Line.EMPTY);
    Fields fields = new Fields(width);
    for (RunAccount.Part part : new RunAccount(summary, walk.knowledge()).parts()) {
      fields.add(
          part.label(),
          part.lines().stream()
              .flatMap(line -> Line.wrapped(line.text(), tone(line), fields.room()).stream())
              .toList());
    }
    if (!walk.setting().run().isEmpty()) {
      fields.add("Record", record(walk, fields.room()));
    }
    lines.addAll(fields.lines(height - lines.size()));
    return lines;
  }

  /** The journal of a world that ends with the run can be read from beside it, until then. */
  private static List<Line> record(State walk, int room) {
    List<Line> lines =
        new ArrayList<>(
            Acts.command(
                "lockkeeper journal show %s -o markdown".formatted(walk.setting().run()), room));
    if (!walk.setting().stays()) {
      String until =
          "in another terminal, before you leave: the practice world ends with its files";
      lines.addAll(Line.wrapped(until, Style.DIM, room));
    }
    return lines;
  }

  private static List<Line> headline(State walk, int width) {
    String title = walk.runbook().title();
    if (!walk.finished()) {
      String text = title + ": " + walk.progress().over().size() + " steps are over so far";
      return Line.wrapped(text, Style.STRONG, width);
    }
    boolean owes = walk.progress().owes();
    Line mark = owes ? Line.of("! ", Style.WARN) : Line.of("✔ ", Style.GOOD);
    String text = title + (owes ? ": all steps are over, but not all was put back" : ": finished");
    return Hanging.of(mark, text, owes ? Style.WARN : Style.GOOD, width);
  }

  /** The gravest that a line says; what came from outside has no tone of its own. */
  private static Style tone(Line line) {
    return line.spans().stream()
        .map(Span::style)
        .filter(style -> style != Style.STRONG && style != Style.TEXT)
        .findFirst()
        .orElse(Style.TEXT);
  }
}
