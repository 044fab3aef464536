package dev.lockkeeper.view;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.wizard.Dialog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The question before an act, in three grades that nobody takes for one another: one key, the way
 * from Cancel to it, and a value that must be typed.
 */
final class ActQuestion {
  private final Dialog.Confirm dialog;
  private final Plan plan;
  private final Instant now;
  private final int room;

  ActQuestion(Dialog.Confirm dialog, Instant now, int room) {
    this.dialog = dialog;
    this.plan = dialog.plan();
    this.now = now;
    this.room = room;
  }

  ShownQuestion question() {
    return switch (dialog.risk()) {
      case SAFE -> question("Confirm", Line.EMPTY);
      case DISRUPTIVE -> question(grade("▲ DISRUPTIVE"), Line.EMPTY);
      case IRREVERSIBLE -> question(grade("✖ IRREVERSIBLE"), left());
    };
  }

  /** An act that is asked harder because of the server's answer is named for that. */
  private String grade(String usual) {
    return dialog.otherwise() ? "▲ NOT AS REQUESTED" : usual;
  }

  private ShownQuestion question(String grade, Line note) {
    String title = grade + " · " + dialog.step().id() + " " + dialog.step().title();
    return new ShownQuestion(dialog.risk(), Line.of(title), note, told(), form());
  }

  private List<Line> told() {
    List<Line> lines = new ArrayList<>();
    if (!dialog.changed().isEmpty()) {
      lines.addAll(Hanging.of(Line.of("▲ ", Style.WARN), dialog.changed(), Style.WARN, room));
      lines.add(Line.EMPTY);
    }
    if (dialog.otherwise()) {
      String what = "The server would change something else: see the dry run.";
      lines.addAll(Hanging.of(Line.of("▲ ", Style.WARN), what, Style.WARN, room));
    }
    lines.addAll(Line.wrapped(sentence(plan.request().summary()), Style.STRONG, room));
    lines.add(Line.EMPTY);
    Fields fields = new Fields(room);
    fields.add("Command", Acts.command(plan.request().command(), fields.room()));
    fields.add("Effect", Acts.effects(plan, fields.room()));
    String undo =
        switch (plan.risk()) {
          case SAFE, DISRUPTIVE -> "Undo";
          case IRREVERSIBLE -> "No undo";
        };
    fields.add(undo, Acts.undo(plan, fields.room()));
    fields.add("Dry run", rehearsed(fields.room()));
    lines.addAll(fields.lines());
    return lines;
  }

  /**
   * What the server said when it was asked to judge this very request; nothing where it cannot be.
   */
  private List<Line> rehearsed(int width) {
    if (dialog.rehearsal().isEmpty()) {
      return List.of(Line.of("◐ asking the server ...", Style.WARN));
    }
    Rehearsal heard = dialog.rehearsal().get();
    List<Line> lines = new ArrayList<>();
    for (String said : heard.lines()) {
      lines.addAll(
          switch (heard.verdict()) {
            case ACCEPTED -> Hanging.of(Line.of("✔ ", Style.GOOD), said, Style.TEXT, width);
            case OTHERWISE -> Hanging.of(Line.of("▲ ", Style.WARN), said, Style.WARN, width);
            case REFUSED -> Hanging.of(Line.of("✖ ", Style.BAD), said, Style.BAD, width);
            case NOT_ASKED -> Hanging.of(Line.of("? ", Style.UNKNOWN), said, Style.UNKNOWN, width);
          });
    }
    return lines;
  }

  private static String sentence(String summary) {
    return summary.isEmpty()
        ? summary
        : summary.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + summary.substring(1) + ".";
  }

  private AnswerForm form() {
    if (dialog.refused()) {
      return new AnswerForm.GoBack();
    }
    return switch (dialog.risk()) {
      case SAFE -> new AnswerForm.Agree();
      case DISRUPTIVE ->
          new AnswerForm.Decide(Shown.of("Cancel"), Shown.of(plan.request().verb()), dialog.go());
      case IRREVERSIBLE ->
          new AnswerForm.Phrase(
              Shown.of(plan.phrase()),
              second(),
              AnswerForm.Typed.of(dialog.line()),
              dialog.phraseTyped());
    };
  }

  private AnswerForm.Second second() {
    if (!dialog.look().required()) {
      return AnswerForm.Second.NONE;
    }
    return dialog.look().asked().isPresent()
        ? AnswerForm.Second.IN_SIGHT
        : AnswerForm.Second.ASKED_FOR;
  }

  private Line left() {
    Duration open = Duration.between(dialog.opened(), now);
    long seconds = Math.max(0, dialog.valid().minus(open).toSeconds());
    return Line.of("%d s left of %d".formatted(seconds, dialog.valid().toSeconds()), Style.DANGER);
  }
}
