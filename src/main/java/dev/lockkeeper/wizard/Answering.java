package dev.lockkeeper.wizard;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a key does while a question stands before the screen. */
final class Answering implements Dialog.Cases<Next> {
  /** How many lines a key scrolls. */
  private static final int PAGE = 5;

  /** Later than this after another time, a time without a date is a slip. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private final State state;
  private final KeyInput stroke;
  private final Instant at;

  private Answering(State state, Key key, Instant at) {
    this.state = state;
    this.stroke = new KeyInput(key);
    this.at = at;
  }

  /** To read on is no answer. */
  static Next answer(State state, Dialog dialog, Event.Pressed event) {
    return switch (event.key().name()) {
      case PAGE_DOWN -> Next.of(Confirming.expire(state).scrolled(PAGE));
      case PAGE_UP -> Next.of(Confirming.expire(state).scrolled(-PAGE));
      default -> dialog.match(new Answering(state, event.key(), event.at()));
    };
  }

  @Override
  public Next confirm(Dialog.Confirm dialog) {
    return new Confirming(state, stroke, at).answered(dialog);
  }

  @Override
  public Next ask(Dialog.Ask dialog) {
    if (stroke.escapes()) {
      return Next.of(state.answered());
    }
    if (!stroke.enters()) {
      return Next.of(
          state.asking(
              new Dialog.Ask(dialog.step(), dialog.index(), stroke.edited(dialog.typed()), "")));
    }
    Step.Question question = dialog.question();
    Optional<String> value = read(question, dialog.typed());
    String error =
        value
            .map(moment -> nextDay(question, dialog.typed(), moment))
            .orElse("needed: " + question.format().description());
    return error.isEmpty()
        ? Observing.write(
            state.answered(),
            Entry.attested(state.now(), dialog.step().id(), question.word(), value.orElseThrow()))
        : Next.of(
            state.asking(new Dialog.Ask(dialog.step(), dialog.index(), dialog.typed(), error)));
  }

  /**
   * A clock time that is earlier than the one it has to follow is that of the next day. Across
   * midnight that is meant; half a day and more is a slip, unless the date is typed as well.
   */
  private String nextDay(Step.Question question, String typed, String value) {
    return after(question)
        .filter(start -> !question.format().dated(typed))
        .map(start -> Duration.between(start, Instant.parse(value)))
        .filter(span -> span.compareTo(LONGEST) > 0)
        .map(
            span ->
                "that would be on the next day, %s later: if it is meant, type the date too"
                    .formatted(Durations.of(span)))
        .orElse("");
  }

  private Optional<Instant> after(Step.Question question) {
    return question
        .after()
        .flatMap(word -> state.snapshot().run().said(word))
        .map(said -> Instant.parse(said.value()));
  }

  /** A time that must come after another answer is read from there, and must not have passed. */
  private Optional<String> read(Step.Question question, String typed) {
    Optional<Instant> after = after(question);
    return question
        .format()
        .read(typed, after.orElse(state.now()), state.setting().zone())
        .filter(value -> after.isEmpty() || Instant.parse(value).isAfter(state.now()));
  }

  @Override
  public Next choose(Dialog.Choose dialog) {
    Step.Choice choice = dialog.step().choice().orElseThrow();
    int count = choice.options().size();
    if (stroke.escapes()) {
      return Next.of(state.answered());
    }
    if (stroke.enters()) {
      return dialog.index() == Dialog.Choose.NONE
          ? Next.of(
              state.asking(
                  new Dialog.Choose(dialog.step(), dialog.index(), "choose with the arrows first")))
          : chosen(dialog, choice, choice.options().get(dialog.index()));
    }
    int by =
        switch (stroke.key().name()) {
          case DOWN, RIGHT, TAB -> 1;
          case UP, LEFT, BACK_TAB -> -1;
          default -> 0;
        };
    int from = dialog.index() == Dialog.Choose.NONE && by < 0 ? 0 : dialog.index();
    int index = by == 0 ? from : Math.floorMod(from + by, count);
    return Next.of(state.asking(new Dialog.Choose(dialog.step(), index, "")));
  }

  private Next chosen(Dialog.Choose dialog, Step.Choice choice, Step.Option option) {
    for (Check check : option.allowed()) {
      Verdict verdict = check.evaluate(state.snapshot(), state.knowledge());
      if (verdict.answer() == Verdict.Answer.FAIL) {
        return Next.of(
            state.asking(new Dialog.Choose(dialog.step(), dialog.index(), verdict.evidence())));
      }
    }
    return Observing.write(
        state.answered(),
        Entry.chosen(state.now(), dialog.step().id(), choice.word(), option.value()));
  }

  @Override
  public Next reason(Dialog.Reason dialog) {
    if (stroke.escapes()) {
      return Next.of(state.answered());
    }
    if (!stroke.enters()) {
      return Next.of(
          state.asking(
              new Dialog.Reason(
                  dialog.step(), dialog.waived(), stroke.edited(dialog.typed()), "")));
    }
    String typed = dialog.typed().strip();
    return dialog
        .waived()
        .map(guard -> waived(dialog, guard, typed))
        .orElseGet(() -> skipped(dialog, typed));
  }

  private Next skipped(Dialog.Reason dialog, String typed) {
    return typed.isEmpty()
        ? Next.of(again(dialog, "a reason is needed"))
        : Observing.write(state.answered(), Entry.skipped(state.now(), dialog.step().id(), typed));
  }

  private Next waived(Dialog.Reason dialog, Guard guard, String typed) {
    Verdict verdict = guard.check().evaluate(state.snapshot(), state.knowledge());
    if (verdict.passed()) {
      // A waiver written now would cover a failure that nobody has seen.
      return Next.of(
          state
              .answered()
              .saying(
                  Toast.Tone.GOOD,
                  "it holds by now, nothing was waived: " + guard.check().question()));
    }
    Optional<String> figure = guard.figure(verdict);
    if (figure.isPresent() && !figure.get().equals(typed)) {
      return Next.of(again(dialog, "type the number that you see now: " + figure.get()));
    }
    if (typed.isEmpty()) {
      return Next.of(again(dialog, "a reason is needed"));
    }
    Entry entry =
        Entry.waived(state.now(), dialog.step().id(), guard.check(), verdict.evidence(), typed);
    boolean unknown = verdict.answer() == Verdict.Answer.UNKNOWN;
    return Observing.write(state.answered(), unknown ? entry.ofUnknown() : entry);
  }

  private State again(Dialog.Reason dialog, String error) {
    return state.asking(new Dialog.Reason(dialog.step(), dialog.waived(), dialog.typed(), error));
  }

  @Override
  public Next forgive(Dialog.Forgive dialog) {
    if (stroke.escapes()) {
      return Next.of(state.answered());
    }
    if (!stroke.enters()) {
      return Next.of(
          state.asking(new Dialog.Forgive(dialog.debt(), stroke.edited(dialog.typed()), "")));
    }
    String typed = dialog.typed().strip();
    return typed.isEmpty()
        ? Next.of(
            state.asking(new Dialog.Forgive(dialog.debt(), dialog.typed(), "a reason is needed")))
        : Observing.write(
            state.answered(), Entry.waived(state.now(), state.cursor(), dialog.debt(), typed));
  }

  @Override
  public Next leave(Dialog.Leave dialog) {
    if (stroke.toggles()) {
      return Next.of(state.asking(new Dialog.Leave(!dialog.go())));
    }
    if (stroke.enters() && dialog.go()) {
      return left();
    }
    return stroke.enters() || stroke.escapes() ? Next.of(state.answered()) : Next.of(state);
  }

  /** Who asks again does not want to wait for a disk that does not answer. */
  private Next left() {
    Next written = Observing.write(state, Entry.left(state.now(), Walking.debts(state)));
    return written.effects().isEmpty() ? Next.of(state, new Effect.Quit()) : written;
  }

  @Override
  public Next help(Dialog.Help dialog) {
    return Next.of(state.answered());
  }
}
