package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Dialog;
import dev.lockkeeper.wizard.State;
import java.util.ArrayList;
import java.util.List;

/**
 * How the full screen puts a question: a box that looks as grave as the answer, and at its foot
 * what is typed into or pressed.
 */
final class QuestionBox implements AnswerForm.Cases<Box> {
  static final int WIDTH = 84;

  private final ShownQuestion question;
  private final List<Line> said;
  private final int room;

  private QuestionBox(ShownQuestion question, List<Line> said, int room) {
    this.question = question;
    this.said = said;
    this.room = room;
  }

  /**
   * The box of a dialog, with what is just being said at its foot, for a screen of this many
   * columns.
   */
  static Box of(Dialog dialog, State state, int columns) {
    int room = Box.room(WIDTH, columns);
    ShownQuestion question = ShownQuestion.of(dialog, state, room);
    List<Line> said = state.notice().map(toast -> MessageLine.lines(toast, room)).orElse(List.of());
    return question.form().match(new QuestionBox(question, said, room));
  }

  @Override
  public Box close(AnswerForm.Close form) {
    return box(List.of());
  }

  /** What the server would refuse is not offered. */
  @Override
  public Box goBack(AnswerForm.GoBack form) {
    return box(
        List.of(
            Line.of("esc", Style.KEY)
                .and(" goes back: the server would refuse this.", Style.TEXT)));
  }

  @Override
  public Box agree(AnswerForm.Agree form) {
    return box(
        List.of(
            Line.of("enter", Style.KEY)
                .and(" does it, ", Style.TEXT)
                .and("esc", Style.KEY)
                .and(" cancels.", Style.TEXT)));
  }

  @Override
  public Box decide(AnswerForm.Decide form) {
    return box(List.of(Inputs.buttons(form.no(), form.yes(), form.onYes(), room)));
  }

  @Override
  public Box phrase(AnswerForm.Phrase form) {
    List<Line> foot =
        new ArrayList<>(
            switch (form.second()) {
              case NONE -> alone(form.phrase());
              case ASKED_FOR -> both("◐ asking for a second operator's look ...", form.phrase());
              case IN_SIGHT ->
                  both(
                      "A second operator sees this plan in `lockkeeper watch`, with a code.",
                      form.phrase());
            });
    foot.add(Inputs.field(form.typed().before(), form.typed().after(), room));
    if (form.whole()) {
      foot.add(Line.of("✔ enter does it now", Style.WARN));
    }
    return box(foot);
  }

  private List<Line> alone(Shown phrase) {
    Line ask =
        Line.of("Type ")
            .and(phrase, Style.STRONG)
            .and(" to go on, then enter; esc cancels.", Style.TEXT);
    if (ask.columns() <= room) {
      return List.of(ask);
    }
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of("To go on, type this and enter; esc cancels:").cut(room));
    lines.addAll(Line.wrapped(phrase.text(), Style.STRONG, room));
    return lines;
  }

  /** Where two people must look, the code comes from the other one's screen. */
  private List<Line> both(String second, Shown phrase) {
    List<Line> lines = new ArrayList<>(Line.wrapped(second, Style.TEXT, room));
    String ask = "Type " + phrase.text() + ", a space and that code, then enter; esc cancels.";
    lines.addAll(Line.wrapped(ask, Style.STRONG, room));
    return lines;
  }

  @Override
  public Box text(AnswerForm.Text form) {
    List<Line> foot =
        new ArrayList<>(List.of(Inputs.field(form.typed().before(), form.typed().after(), room)));
    foot.addAll(
        form.trouble().isEmpty()
            ? Line.wrapped(form.meaning().text(), Style.DIM, room)
            : trouble(form.trouble()));
    return box(foot);
  }

  @Override
  public Box choice(AnswerForm.Choice form) {
    List<Line> body = new ArrayList<>(question.body());
    Box.Kept kept = Box.Kept.NONE;
    for (int i = 0; i < form.options().size(); i++) {
      if (!body.isEmpty()) {
        body.add(Line.EMPTY);
      }
      int from = body.size();
      body.addAll(option(form.options().get(i), i == form.at()));
      kept = i == form.at() ? new Box.Kept(from, body.size()) : kept;
    }
    return box(body, trouble(form.trouble()), kept);
  }

  private List<Line> option(AnswerForm.Option option, boolean focused) {
    List<Line> lines = new ArrayList<>();
    Line mark = focused ? Line.of("▶ ", Style.KEY) : Line.of("  ");
    Style style = focused ? Style.ACCENT : Style.STRONG;
    Line title = Line.of(" " + option.title().text() + " ", style);
    lines.addAll(
        title.columns() <= room - 2
            ? List.of(mark.and(title))
            : Hanging.of(mark.and(" ", Style.TEXT), option.title().text(), style, room));
    for (Shown consequence : option.consequences()) {
      lines.addAll(Hanging.of(Line.of("   - ", Style.DIM), consequence.text(), Style.TEXT, room));
    }
    return lines;
  }

  private List<Line> trouble(Shown why) {
    return why.isEmpty()
        ? List.of()
        : Hanging.of(Line.of("▲ ", Style.WARN), why.text(), Style.WARN, room);
  }

  private Box box(List<Line> foot) {
    return box(question.body(), foot, Box.Kept.NONE);
  }

  private Box box(List<Line> body, List<Line> foot, Box.Kept kept) {
    Box.Shape shape =
        switch (question.risk()) {
          case SAFE -> Box.Shape.PLAIN;
          case DISRUPTIVE -> Box.Shape.HEAVY;
          case IRREVERSIBLE -> Box.Shape.DOUBLE;
        };
    List<Line> whole = new ArrayList<>(foot);
    whole.addAll(said);
    return new Box(shape, WIDTH, question.title(), question.note(), body, whole, kept);
  }
}
