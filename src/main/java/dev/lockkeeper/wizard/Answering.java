package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.runbook.Step;
import java.time.Instant;
import java.util.Optional;

/** What a key does while a question stands before the screen. */
final class Answering implements Dialog.Cases<Next> {
  /** Longer input than this is no answer. */
  private static final int LONGEST = 200;

  /** How many lines a key scrolls. */
  private static final int PAGE = 5;

  private final State state;
  private final Key key;
  private final Instant at;

  private Answering(State state, Key key, Instant at) {
    this.state = state;
    this.key = key;
    this.at = at;
  }

  /** To read on is no answer. */
  static Next answer(State state, Dialog dialog, Event.Pressed event) {
    return switch (event.key().name()) {
      case PAGE_DOWN -> Next.of(expire(state).scrolled(PAGE));
      case PAGE_UP -> Next.of(expire(state).scrolled(-PAGE));
      default -> dialog.match(new Answering(state, event.key(), event.at()));
    };
  }

  /** Withdraws an irreversible question that was left unanswered for too long. */
  static State expire(State state) {
    return state
        .dialog()
        .filter(Dialog.Confirm.class::isInstance)
        .map(Dialog.Confirm.class::cast)
        .filter(confirm -> confirm.plan().risk() == Risk.IRREVERSIBLE)
        .filter(confirm -> state.now().isAfter(confirm.opened().plus(confirm.valid())))
        .map(
            confirm ->
                state
                    .answered()
                    .saying(
                        Notice.Tone.WARN,
                        "the question was withdrawn after %d s; nothing was done"
                            .formatted(confirm.valid().toSeconds())))
        .orElse(state);
  }

  /**
   * A key that arrived before the question was on the screen was not meant for it; to cancel is
   * always right.
   */
  @Override
  public Next confirm(Dialog.Confirm dialog) {
    State valid = expire(state);
    if (valid.dialog().isEmpty()) {
      return Next.of(valid);
    }
    if (escapes()) {
      return Next.of(state.answered().saying(Notice.Tone.PLAIN, "cancelled; nothing was done"));
    }
    if (dialog.shown().filter(shown -> !at.isBefore(shown)).isEmpty()) {
      return Next.of(state);
    }
    return switch (dialog.plan().risk()) {
      case SAFE -> enters() ? confirmed(dialog) : Next.of(state);
      case DISRUPTIVE -> disruptive(dialog);
      case IRREVERSIBLE -> irreversible(dialog);
    };
  }

  /** A key that means nothing here, as a pasted text is full of, takes the focus back to Cancel. */
  private Next disruptive(Dialog.Confirm dialog) {
    if (!enters()) {
      return Next.of(state.asking(dialog.focused(toggles() && !dialog.go())));
    }
    return dialog.go()
        ? confirmed(dialog)
        : Next.of(state.answered().saying(Notice.Tone.PLAIN, "cancelled; nothing was done"));
  }

  private Next irreversible(Dialog.Confirm dialog) {
    if (enters()) {
      return dialog.phraseTyped() ? confirmed(dialog) : Next.of(state);
    }
    return Next.of(state.asking(dialog.typing(edited(dialog.typed()))));
  }

  /**
   * The plan is made again from what is known now. Only if it is the one on the screen does it go
   * on, to the journal first.
   */
  private Next confirmed(Dialog.Confirm dialog) {
    // What the server has not judged yet, or would refuse, is not sent.
    if (dialog.rehearsal().isEmpty() || dialog.refused()) {
      return Next.of(state);
    }
    Step step = dialog.step();
    Reconsidered again = Reconsidered.of(state, step);
    if (again.plan().isEmpty()) {
      return Next.of(
          state.answered().saying(Notice.Tone.WARN, "nothing was done: " + again.against()));
    }
    Plan plan = again.plan().get();
    if (!dialog.plan().covers(plan)) {
      return Walking.question(state, step, plan, changed(dialog.plan(), plan));
    }
    Pending pending = new Pending(step.id(), plan.request(), false, state.now());
    return Next.of(
        state
            .answered()
            .awaiting(Optional.of(pending))
            .saying(Notice.Tone.PLAIN, plan.request().summary()),
        new Effect.Append(Entry.intended(state.now(), step.id(), plan.request())));
  }

  /** What it was, and what became of it: the summary alone may read as before. */
  private static String changed(Plan before, Plan now) {
    return "changed while you were asked; it was: "
        + Reconsidered.told(before.request().summary(), before.differences(now));
  }

  @Override
  public Next ask(Dialog.Ask dialog) {
    if (escapes()) {
      return Next.of(state.answered());
    }
    if (!enters()) {
      return Next.of(
          state.asking(new Dialog.Ask(dialog.step(), dialog.index(), edited(dialog.typed()), "")));
    }
    Step.Question question = dialog.question();
    return read(question, dialog.typed())
        .map(
            value ->
                Observing.write(
                    state.answered(),
                    Entry.attested(state.now(), dialog.step().id(), question.word(), value)))
        .orElseGet(
            () ->
                Next.of(
                    state.asking(
                        new Dialog.Ask(
                            dialog.step(),
                            dialog.index(),
                            dialog.typed(),
                            "needed: " + question.format().description()))));
  }

  /** A time that must come after another answer is read from there, and must not have passed. */
  private Optional<String> read(Step.Question question, String typed) {
    Optional<Instant> after =
        question
            .after()
            .flatMap(word -> state.snapshot().run().said(word))
            .map(said -> Instant.parse(said.value()));
    return question
        .format()
        .read(typed, after.orElse(state.now()), state.setting().zone())
        .filter(value -> after.isEmpty() || Instant.parse(value).isAfter(state.now()));
  }

  @Override
  public Next choose(Dialog.Choose dialog) {
    Step.Choice choice = dialog.step().choice().orElseThrow();
    int count = choice.options().size();
    if (escapes()) {
      return Next.of(state.answered());
    }
    if (enters()) {
      return dialog.index() == Dialog.Choose.NONE
          ? Next.of(
              state.asking(
                  new Dialog.Choose(dialog.step(), dialog.index(), "choose with the arrows first")))
          : chosen(dialog, choice, choice.options().get(dialog.index()));
    }
    int by =
        switch (key.name()) {
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
    if (escapes()) {
      return Next.of(state.answered());
    }
    if (!enters()) {
      return Next.of(
          state.asking(
              new Dialog.Reason(dialog.step(), dialog.waived(), edited(dialog.typed()), "")));
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
                  Notice.Tone.GOOD,
                  "it holds by now, nothing was waived: " + guard.check().question()));
    }
    if (guard.strength() == Guard.Strength.FIGURE && !verdict.figure().equals(Optional.of(typed))) {
      return Next.of(
          again(
              dialog,
              verdict
                  .figure()
                  .map(figure -> "type the number that you see now: " + figure)
                  .orElse("it cannot be counted now: leave the step out with a reason instead")));
    }
    if (typed.isEmpty()) {
      return Next.of(again(dialog, "a reason is needed"));
    }
    Entry entry =
        Entry.waived(
            state.now(), dialog.step().id(), guard.check().question(), verdict.evidence(), typed);
    boolean unknown = verdict.answer() == Verdict.Answer.UNKNOWN;
    return Observing.write(state.answered(), unknown ? entry.ofUnknown() : entry);
  }

  private State again(Dialog.Reason dialog, String error) {
    return state.asking(new Dialog.Reason(dialog.step(), dialog.waived(), dialog.typed(), error));
  }

  @Override
  public Next forgive(Dialog.Forgive dialog) {
    if (escapes()) {
      return Next.of(state.answered());
    }
    if (!enters()) {
      return Next.of(state.asking(new Dialog.Forgive(dialog.debt(), edited(dialog.typed()), "")));
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
    if (toggles()) {
      return Next.of(state.asking(new Dialog.Leave(!dialog.go())));
    }
    if (enters() && dialog.go()) {
      return left();
    }
    return enters() || escapes() ? Next.of(state.answered()) : Next.of(state);
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

  private boolean enters() {
    return key.name() == Key.Name.ENTER;
  }

  private boolean escapes() {
    return key.name() == Key.Name.ESCAPE || key.equals(Key.ctrl('c'));
  }

  private boolean toggles() {
    return switch (key.name()) {
      case LEFT, RIGHT, TAB, BACK_TAB, UP, DOWN -> true;
      default -> false;
    };
  }

  private String edited(String typed) {
    if (key.equals(Key.ctrl('u'))) {
      return "";
    }
    return switch (key.name()) {
      case BACKSPACE -> typed.isEmpty() ? typed : typed.substring(0, typed.length() - 1);
      case CHARACTER ->
          key.ctrl() || typed.length() >= LONGEST || Character.isISOControl(key.character())
              ? typed
              : typed + key.character();
      default -> typed;
    };
  }
}
