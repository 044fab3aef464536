package dev.lockkeeper.view;

import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.runbook.Section;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.wizard.Lapsed;
import dev.lockkeeper.wizard.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The whole way at a glance: sections, the steps of the one we are in, and what is owed.
 *
 * <pre>
 *   ✔ 1 Before you upgrade
 *   ▶ 3 Scale down
 *     ✔ 3.1 Choose zero or one
 *     ▶ 3.2 Scale down
 *   · 4 Upgrade
 *   ─ owed ─
 *   ! replicas 3: restore
 * </pre>
 */
final class RunbookColumn {
  private RunbookColumn() {}

  /** Exactly {@code height} lines or fewer; the step on the screen is always among them. */
  static List<Line> lines(State state, int width, int height) {
    List<Line> way = new ArrayList<>();
    List<Step> lapsed = Lapsed.of(state);
    int here = 0;
    for (Section section : state.runbook().sections()) {
      List<Step> steps = section.steps().stream().filter(state::applies).toList();
      boolean inside = section.steps().contains(state.step());
      way.addAll(section(state, section, steps, lapsed, width));
      for (Step step : inside ? steps : List.<Step>of()) {
        here = step.equals(state.step()) ? way.size() : here;
        way.addAll(step(state, step, lapsed, width));
      }
    }
    List<Line> owed = owed(state, width, height / 2);
    int room = height - owed.size();
    List<Line> lines = new ArrayList<>(around(way, here, room));
    while (!owed.isEmpty() && lines.size() < room) {
      lines.add(Line.EMPTY);
    }
    lines.addAll(owed);
    return lines;
  }

  /** How many columns it needs so that no title goes on below; the same at every step. */
  static int needed(State state) {
    return Math.max(
        widest(state.runbook().sections().stream().map(RunbookColumn::title)) + 2,
        widest(state.runbook().steps().map(RunbookColumn::title)) + 4);
  }

  private static int widest(Stream<String> titles) {
    return titles.mapToInt(title -> Shown.of(title).columns()).max().orElse(0);
  }

  private static String title(Section section) {
    return section.number() + " " + section.title();
  }

  private static String title(Step step) {
    return step.id() + " " + step.title();
  }

  /** Where we are, in one line: {@code 3 Scale down › 3.2 Scale down (8 of 18)}. */
  static Line breadcrumb(State state) {
    Step here = state.step();
    List<Step> steps = state.applicable();
    Section section =
        state.runbook().sections().stream()
            .filter(each -> each.steps().contains(here))
            .findFirst()
            .orElseThrow();
    return Line.of(section.number() + " " + section.title() + " › ", Style.DIM)
        .and(StepPage.title(state))
        .and("  (%d of %d)".formatted(steps.indexOf(here) + 1, steps.size()), Style.DIM);
  }

  private static List<Line> section(
      State state, Section section, List<Step> steps, List<Step> lapsed, int width) {
    String text = title(section);
    boolean over = !steps.isEmpty() && steps.stream().allMatch(step -> over(state, step));
    long done = steps.stream().filter(step -> over(state, step)).count();
    if (section.steps().contains(state.step())) {
      return Hanging.of(Line.of("▶ ", Style.STRONG), text, Style.STRONG, width);
    }
    // None of its steps applies under what was decided.
    if (steps.isEmpty()) {
      return Hanging.of(Line.of("– ", Style.DIM), text, Style.DIM, width);
    }
    if (steps.stream().anyMatch(lapsed::contains)) {
      return Hanging.of(Line.of("! ", Style.WARN), text, Style.WARN, width);
    }
    if (over) {
      return Hanging.of(Line.of("✔ ", Style.GOOD), text, Style.DIM, width);
    }
    String count = done > 0 ? "  %d of %d".formatted(done, steps.size()) : "";
    return Hanging.of(Line.of("· ", Style.DIM), text + count, Style.TEXT, width);
  }

  private static boolean over(State state, Step step) {
    return state.progress().finished(step.id());
  }

  private static List<Line> step(State state, Step step, List<Step> lapsed, int width) {
    Line mark = lapsed.contains(step) ? Line.of("!", Style.WARN) : mark(state, step);
    if (step.equals(state.step())) {
      String word = over(state, step) ? mark.text() + " " : "";
      int room = width - 4 - Shown.of(word).columns();
      List<Line> lines = new ArrayList<>();
      for (Shown part : Shown.of(title(step)).wrap(room)) {
        String end = lines.isEmpty() ? word : " ".repeat(Shown.of(word).columns());
        lines.add(Line.EMPTY.and(part.padRight(room), Style.ACCENT).and(end, Style.ACCENT));
      }
      return Hanging.beside(Line.of("  ▶ ", Style.STRONG), lines);
    }
    Style style = over(state, step) ? Style.DIM : Style.TEXT;
    Line before = Line.of("  ").and(mark).and(" ", style);
    return Hanging.of(before, title(step), style, width);
  }

  /** How a step stands, as one glyph. */
  static Line mark(State state, Step step) {
    return switch (state.progress().status(step.id())) {
      case OPEN -> Line.of("·", Style.DIM);
      case ACTED, UNKNOWN -> Line.of("!", Style.WARN);
      case DONE -> Line.of("✔", Style.GOOD);
      case SKIPPED -> Line.of("–", Style.DIM);
    };
  }

  private static List<Line> owed(State state, int width, int height) {
    List<Line> lines = new ArrayList<>();
    if (!state.progress().debts().isEmpty()) {
      lines.add(Line.of("─ owed " + "─".repeat(Math.max(0, width - 7)), Style.WARN).cut(width));
    }
    for (Debt debt : state.progress().debts()) {
      lines.addAll(Hanging.of(Line.of("! ", Style.WARN), debt.text(), Style.WARN, width));
    }
    OperatorLine.other(state.snapshot())
        .ifPresent(
            other -> lines.addAll(Hanging.of(Line.of("▲ ", Style.WARN), other, Style.WARN, width)));
    return Rows.within(lines, height);
  }

  /** As many lines as there is room for, with this one among them. */
  private static List<Line> around(List<Line> lines, int here, int room) {
    if (lines.size() <= room) {
      return lines;
    }
    int from = Math.max(0, Math.min(here - room / 2, lines.size() - room));
    return lines.subList(from, from + Math.max(0, room));
  }
}
