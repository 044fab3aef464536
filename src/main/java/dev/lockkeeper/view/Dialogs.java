package dev.lockkeeper.view;

import dev.lockkeeper.check.Guard;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.wizard.Dialog;
import dev.lockkeeper.wizard.KeyMap;
import dev.lockkeeper.wizard.State;
import java.util.ArrayList;
import java.util.List;

/** What each question looks like; those about acts look as grave as the act. */
final class Dialogs implements Dialog.Cases<Box> {
  private static final int WIDTH = 84;

  private final State state;
  private final int columns;
  private final int rows;
  private final int room;

  Dialogs(State state, int columns, int rows) {
    this.state = state;
    this.columns = columns;
    this.rows = rows;
    this.room = Box.room(WIDTH, columns);
  }

  @Override
  public Box confirm(Dialog.Confirm dialog) {
    return new Confirmations(dialog, state.now(), columns).box();
  }

  @Override
  public Box ask(Dialog.Ask dialog) {
    Step.Question question = dialog.question();
    int count = dialog.step().questions().size();
    List<Line> body = new ArrayList<>(Line.wrapped(question.prompt(), Style.STRONG, room));
    String format = question.format().description();
    body.addAll(Line.wrapped(format + ", such as " + question.hint(), Style.DIM, room));
    if (question.format().moment()) {
      String here =
          state.setting().zone() + ", where it is " + GivenAnswers.time(state.now(), state);
      body.addAll(Line.wrapped("in the time of " + here, Style.DIM, room));
    }
    return plain(
        named(dialog.step()),
        count > 1 ? "question %d of %d".formatted(dialog.index() + 1, count) : "",
        body,
        answered(dialog.typed(), dialog.error()));
  }

  @Override
  public Box choose(Dialog.Choose dialog) {
    List<Line> body = new ArrayList<>();
    List<Step.Option> options = dialog.step().choice().orElseThrow().options();
    for (Step.Option option : options) {
      if (!body.isEmpty()) {
        body.add(Line.EMPTY);
      }
      boolean focused = options.indexOf(option) == dialog.index();
      Line mark = focused ? Line.of("▶ ", Style.KEY) : Line.of("  ");
      Line title = Line.of(" " + option.title() + " ", focused ? Style.ACCENT : Style.STRONG);
      body.add(mark.and(title.cut(room - 2)));
      for (String consequence : option.consequences()) {
        body.addAll(Hanging.of(Line.of("   - ", Style.DIM), consequence, Style.TEXT, room));
      }
    }
    return plain(named(dialog.step()), "", body, error(dialog.error()));
  }

  @Override
  public Box reason(Dialog.Reason dialog) {
    List<Line> body = dialog.waived().map(this::waived).orElseGet(() -> skipped(dialog.step()));
    String title = dialog.waived().isPresent() ? "Go on all the same?" : "Leave the step out?";
    return plain(
        Line.of(title + " · ").and(named(dialog.step())),
        "",
        body,
        answered(dialog.typed(), dialog.error()));
  }

  private List<Line> waived(Guard guard) {
    Verdict verdict = guard.check().evaluate(state.snapshot(), state.knowledge());
    List<Line> lines = new ArrayList<>();
    Line mark =
        switch (verdict.answer()) {
          case PASS -> Line.of("✔ ", Style.GOOD);
          case FAIL -> Line.of("✖ ", Style.BAD);
          case UNKNOWN -> Line.of("? ", Style.UNKNOWN);
        };
    lines.addAll(Hanging.of(mark, guard.check().question(), Style.STRONG, room));
    lines.addAll(Hanging.of(Line.of("  "), verdict.evidence(), Style.TEXT, room));
    lines.add(Line.EMPTY);
    String wanted =
        guard
            .figure(verdict)
            .map(figure -> "To show that you have read it, type the number: " + figure)
            .orElse(
                "This check should pass. Why do you go on? Your words are written to the journal.");
    lines.addAll(Line.wrapped(wanted, Style.TEXT, room));
    return lines;
  }

  private List<Line> skipped(Step step) {
    List<Line> lines = new ArrayList<>(Line.wrapped(step.why(), Style.DIM, room));
    lines.add(Line.EMPTY);
    String question =
        "The step is not done and not checked. Why? Your words are written to the journal.";
    lines.addAll(Line.wrapped(question, Style.TEXT, room));
    return lines;
  }

  @Override
  public Box forgive(Dialog.Forgive dialog) {
    List<Line> body = new ArrayList<>(owed(dialog.debt()));
    body.add(Line.EMPTY);
    String question =
        "Put it back and this run is over. If it stays as it is: why? Your words are written to the"
            + " journal.";
    body.addAll(Line.wrapped(question, Style.TEXT, room));
    return plain(Line.of("Still owed"), "", body, answered(dialog.typed(), dialog.error()));
  }

  private List<Line> owed(Debt debt) {
    List<Line> lines =
        new ArrayList<>(Hanging.of(Line.of("! ", Style.WARN), debt.text(), Style.WARN, room));
    lines.addAll(
        Hanging.of(Line.of("  by hand: ", Style.DIM), debt.command(), Style.COMMAND, room));
    return lines;
  }

  @Override
  public Box leave(Dialog.Leave dialog) {
    List<Line> body = new ArrayList<>();
    state
        .pending()
        .ifPresent(
            pending -> {
              body.add(Acts.underWay(pending, state.now()).cut(room));
              body.addAll(Acts.kept(pending, room));
            });
    state.progress().debts().forEach(debt -> body.addAll(owed(debt)));
    if (!body.isEmpty()) {
      body.add(0, Line.of("Still owed:", Style.STRONG));
      body.add(Line.EMPTY);
    }
    if (!state.setting().stays()) {
      String end =
          "Leaving ends the practice world that was made for this run, and the run with it.";
      body.addAll(Line.wrapped(end, Style.TEXT, room));
    } else {
      String back = "Nothing is undone. To come back to this place:";
      body.addAll(Line.wrapped(back, Style.TEXT, room));
      body.addAll(Acts.command("lockkeeper resume " + state.setting().run(), room));
    }
    return plain(
        Line.of("Leave?"), "", body, List.of(Inputs.buttons("Stay", "Leave", dialog.go(), room)));
  }

  @Override
  public Box help(Dialog.Help dialog) {
    return KeysBox.of(KeyMap.bindings(), columns, rows);
  }

  private static Line named(Step step) {
    return Line.of(step.id() + " " + step.title());
  }

  private List<Line> answered(String typed, String error) {
    List<Line> foot = new ArrayList<>();
    foot.add(Inputs.field(typed, room));
    foot.addAll(error(error));
    return foot;
  }

  private List<Line> error(String error) {
    return error.isEmpty()
        ? List.of()
        : Hanging.of(Line.of("▲ ", Style.WARN), error, Style.WARN, room);
  }

  private static Box plain(Line title, String note, List<Line> body, List<Line> foot) {
    return new Box(Box.Shape.PLAIN, WIDTH, title, Line.of(note, Style.DIM), body, foot);
  }
}
