package dev.lockkeeper.view;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.wizard.Dialog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The question before an act, in three grades that nobody takes for one another: a plain box to
 * read, a heavy one whose focus is on Cancel, and a double one in which a value must be typed.
 */
final class Confirmations {
  private static final int WIDTH = 84;

  private final Dialog.Confirm dialog;
  private final Plan plan;
  private final Instant now;
  private final int room;

  Confirmations(Dialog.Confirm dialog, Instant now, int columns) {
    this.dialog = dialog;
    this.plan = dialog.plan();
    this.now = now;
    this.room = Box.room(WIDTH, columns);
  }

  Box box() {
    return switch (dialog.risk()) {
      case SAFE -> box(Box.Shape.PLAIN, "Confirm", Line.EMPTY, safe());
      case DISRUPTIVE -> box(Box.Shape.HEAVY, grade("▲ DISRUPTIVE"), Line.EMPTY, disruptive());
      case IRREVERSIBLE -> box(Box.Shape.DOUBLE, grade("✖ IRREVERSIBLE"), left(), irreversible());
    };
  }

  /** An act that is asked harder because of the server's answer is named for that. */
  private String grade(String usual) {
    return dialog.otherwise() ? "▲ NOT AS REQUESTED" : usual;
  }

  private Box box(Box.Shape shape, String grade, Line note, List<Line> foot) {
    String title = grade + " · " + dialog.step().id() + " " + dialog.step().title();
    return new Box(shape, WIDTH, Line.of(title), note, told(), foot);
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
      return List.of(Line.of("◐ asking the server ...", Style.KEY));
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

  /** What the server would refuse is not offered. */
  private static List<Line> refused() {
    return List.of(
        Line.of("esc", Style.KEY).and(" goes back: the server would refuse this.", Style.TEXT));
  }

  private List<Line> safe() {
    return dialog.refused()
        ? refused()
        : List.of(
            Line.of("enter", Style.KEY)
                .and(" does it, ", Style.TEXT)
                .and("esc", Style.KEY)
                .and(" cancels.", Style.TEXT));
  }

  private List<Line> disruptive() {
    return dialog.refused()
        ? refused()
        : List.of(Inputs.buttons("Cancel", plan.request().verb(), dialog.go(), room));
  }

  private List<Line> irreversible() {
    if (dialog.refused()) {
      return refused();
    }
    List<Line> foot = new ArrayList<>(dialog.look().required() ? both() : alone());
    foot.add(Inputs.field(dialog.typed(), room));
    if (dialog.phraseTyped()) {
      foot.add(Line.of("✔ enter does it now", Style.WARN));
    }
    return foot;
  }

  private List<Line> alone() {
    Line ask =
        Line.of("Type ")
            .and(plan.phrase(), Style.STRONG)
            .and(" to go on, then enter; esc cancels.", Style.TEXT);
    if (ask.columns() <= room) {
      return List.of(ask);
    }
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of("To go on, type this and enter; esc cancels:").cut(room));
    lines.addAll(Line.wrapped(plan.phrase(), Style.STRONG, room));
    return lines;
  }

  /** Where two people must look, the code comes from the other one's screen. */
  private List<Line> both() {
    List<Line> lines = new ArrayList<>();
    String asked =
        dialog.look().asked().isPresent()
            ? "A second operator sees this plan in `lockkeeper watch`, with a code."
            : "◐ asking for a second operator's look ...";
    lines.addAll(Line.wrapped(asked, Style.TEXT, room));
    lines.addAll(
        Line.wrapped(
            "Type " + plan.phrase() + ", a space and that code, then enter; esc cancels.",
            Style.STRONG,
            room));
    return lines;
  }

  private Line left() {
    Duration open = Duration.between(dialog.opened(), now);
    long seconds = Math.max(0, dialog.valid().minus(open).toSeconds());
    return Line.of("%d s left of %d".formatted(seconds, dialog.valid().toSeconds()), Style.DANGER);
  }
}
