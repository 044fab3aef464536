package dev.lockkeeper.view;

import dev.lockkeeper.check.Guard;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.wizard.Dialog;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.TypedAnswer;
import dev.lockkeeper.wizard.TypedLine;
import java.util.ArrayList;
import java.util.List;

/** What each dialog asks. */
final class Questions implements Dialog.Cases<ShownQuestion> {
  private final State state;
  private final int room;

  Questions(State state, int room) {
    this.state = state;
    this.room = room;
  }

  @Override
  public ShownQuestion confirm(Dialog.Confirm dialog) {
    return new ActQuestion(dialog, state.now(), room).question();
  }

  @Override
  public ShownQuestion ask(Dialog.Ask dialog) {
    Step.Question question = dialog.question();
    int count = dialog.step().questions().size();
    List<Line> body = new ArrayList<>(Line.wrapped(question.prompt(), Style.STRONG, room));
    String format = question.format().description();
    String such = format.contains("such as") ? "" : ", such as " + question.hint();
    body.addAll(Line.wrapped(format + such, Style.DIM, room));
    if (question.format().moment()) {
      String here =
          state.setting().zone() + ", where it is " + GivenAnswers.time(state.now(), state);
      body.addAll(Line.wrapped("in the time of " + here, Style.DIM, room));
    }
    if (dialog.line().offered()) {
      String offer = TypedAnswer.reason(state, question) + ": enter takes it, typing replaces it";
      body.addAll(Line.wrapped(offer, Style.TEXT, room));
    }
    return ShownQuestion.harmless(
        named(dialog.step()),
        count > 1 ? "question %d of %d".formatted(dialog.index() + 1, count) : "",
        body,
        new AnswerForm.Text(
            AnswerForm.Typed.of(dialog.line()),
            Shown.of(meaning(question, dialog.line().text())),
            Shown.of(dialog.error())));
  }

  /** What is typed is checked as it is typed. */
  private String meaning(Step.Question question, String typed) {
    if (typed.isBlank()) {
      return "";
    }
    TypedAnswer read = TypedAnswer.of(state, question, typed);
    String meant =
        read.value().map(value -> GivenAnswers.meant(question.format(), value, state)).orElse("");
    return meant.isEmpty() ? read.trouble() : meant.equals(typed.strip()) ? "" : "→ " + meant;
  }

  @Override
  public ShownQuestion choose(Dialog.Choose dialog) {
    List<AnswerForm.Option> options =
        dialog.options().stream()
            .map(
                each ->
                    new AnswerForm.Option(
                        Shown.of(each.title()),
                        each.consequences().stream().map(Shown::of).toList()))
            .toList();
    return ShownQuestion.harmless(
        named(dialog.step()),
        "",
        List.of(),
        new AnswerForm.Choice(options, dialog.index(), Shown.of(dialog.error())));
  }

  @Override
  public ShownQuestion reason(Dialog.Reason dialog) {
    List<Line> body = dialog.waived().map(this::waived).orElseGet(() -> skipped(dialog.step()));
    String title = dialog.waived().isPresent() ? "Go on all the same?" : "Leave the step out?";
    return ShownQuestion.harmless(
        Line.of(title + " · ").and(named(dialog.step())),
        "",
        body,
        text(dialog.line(), dialog.error()));
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
  public ShownQuestion forgive(Dialog.Forgive dialog) {
    List<Line> body = new ArrayList<>(owed(dialog.debt()));
    body.add(Line.EMPTY);
    String question =
        "Put it back and this run is over. If it stays as it is: why? Your words are written to the"
            + " journal.";
    body.addAll(Line.wrapped(question, Style.TEXT, room));
    return ShownQuestion.harmless(
        Line.of("Still owed"), "", body, text(dialog.line(), dialog.error()));
  }

  private List<Line> owed(Debt debt) {
    List<Line> lines =
        new ArrayList<>(Hanging.of(Line.of("! ", Style.WARN), debt.text(), Style.WARN, room));
    lines.addAll(Acts.command(Line.of("  by hand: ", Style.DIM), debt.command(), room));
    return lines;
  }

  @Override
  public ShownQuestion leave(Dialog.Leave dialog) {
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
    return ShownQuestion.harmless(
        Line.of("Leave?"),
        dialog.leavesAt(state.now()) ? "ctrl-c again within 2 s leaves" : "",
        body,
        new AnswerForm.Decide(Shown.of("Stay"), Shown.of("Leave"), dialog.go()));
  }

  @Override
  public ShownQuestion help(Dialog.Help dialog) {
    return ShownQuestion.harmless(
        Line.of("Keys"), KeysBox.NOTE, KeysBox.lines(dialog.place(), room), new AnswerForm.Close());
  }

  private static Line named(Step step) {
    return Line.of(step.id() + " " + step.title());
  }

  private static AnswerForm text(TypedLine line, String error) {
    return new AnswerForm.Text(AnswerForm.Typed.of(line), Shown.of(""), Shown.of(error));
  }
}
