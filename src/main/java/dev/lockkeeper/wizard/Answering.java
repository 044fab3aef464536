package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Risk;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.runbook.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What follows from an answer to the question that stands before the screen. */
final class Answering implements Dialog.Cases<Next> {
  private final State state;
  private final Reply reply;
  private final Instant at;

  private Answering(State state, Reply reply, Instant at) {
    this.state = state;
    this.reply = reply;
    this.at = at;
  }

  /**
   * A key while a question stands: to read on is no answer. One that arrived before the question
   * was on the screen was not meant for it; to cancel is always right.
   */
  static Next pressed(State before, Event.Pressed event) {
    State state = Confirming.expire(before);
    if (state.dialog().isEmpty()) {
      return Next.of(state);
    }
    Dialog dialog = state.dialog().get();
    KeyInput stroke = new KeyInput(event.key());
    int lines = stroke.lines(state.extent().page());
    if (dialog.onlyTells() && lines != 0) {
      return Next.of(state.scrolled(lines));
    }
    if (stroke.interrupts()) {
      return interrupted(state, dialog, event.at());
    }
    Optional<Effect> taken = state.confirm().flatMap(asked -> taken(asked, event.key()));
    if (taken.isPresent()) {
      // It is no answer, and takes the focus back as any other key does.
      return Next.of(state.asking(Keyed.by(stroke, dialog).question()), taken.get());
    }
    if (stroke.enters() && dialog.shownBy(event.at()) && !dialog.entersBy(event.at())) {
      return Next.of(state.saying(Toast.Tone.PLAIN, "read what is offered, then press enter"));
    }
    return switch (event.key().name()) {
      case PAGE_DOWN, PAGE_UP -> Next.of(state.scrolled(lines));
      default ->
          dialog.shownBy(event.at()) || stroke.escapes()
              ? keyed(state, Keyed.by(stroke, dialog), stroke, event.at())
              : Next.of(state);
    };
  }

  /** What is asked can be taken away; where something is typed, letters are typed. */
  private static Optional<Effect> taken(Dialog.Confirm asked, Key key) {
    boolean letters = asked.risk() != Risk.IRREVERSIBLE;
    if (key.equals(Key.ctrl('y')) || letters && key.types('y')) {
      return Optional.of(StepCommands.of(asked).copy());
    }
    return letters && key.types('Y')
        ? Optional.of(StepCommands.of(asked).keep())
        : Optional.empty();
  }

  /** Ctrl-C closes what is asked, whatever it is, and says what is owed; soon again, it leaves. */
  private static Next interrupted(State state, Dialog dialog, Instant at) {
    return dialog.leavesAt(at)
        ? new Answering(state, Reply.yes(), at).left()
        : answered(state, dialog, Reply.cancel(), at)
            .then(closed -> Next.of(Walking.interrupted(closed)));
  }

  private static Next keyed(State state, Keyed keyed, KeyInput stroke, Instant at) {
    return keyed
        .reply()
        .map(reply -> answered(state, keyed.question(), reply, at))
        .orElseGet(() -> Next.of(moved(state, keyed.question(), stroke)));
  }

  /** A key that does nothing to the question says which ones would. */
  private static State moved(State state, Dialog question, KeyInput stroke) {
    State asked = state.asking(question);
    boolean silent = state.dialog().filter(question::equals).isPresent();
    return silent && !(question.isTyped() && TypedLine.edits(stroke.key()))
        ? asked.saying(Toast.Tone.PLAIN, unbound(asked, stroke.key()))
        : asked;
  }

  private static String unbound(State asked, Key key) {
    return Hints.of(asked).stream()
        .map(hint -> hint.label() + " " + hint.brief())
        .collect(Collectors.joining(", ", key.label() + " does nothing here: ", ""));
  }

  /** An answer from any display; to a question that stands no more it is none. */
  static Next answered(State before, Event.Answered event) {
    State state = Confirming.expire(before);
    return state
        .dialog()
        .filter(event.question()::asksTheSameAs)
        .map(dialog -> answered(state, dialog, event.reply(), event.at()))
        .orElse(Next.of(state));
  }

  private static Next answered(State state, Dialog dialog, Reply reply, Instant at) {
    return dialog.match(new Answering(state, reply, at));
  }

  @Override
  public Next confirm(Dialog.Confirm dialog) {
    return new Confirming(state, reply, at).answered(dialog);
  }

  @Override
  public Next ask(Dialog.Ask dialog) {
    return typed(text -> asked(dialog, text));
  }

  /** Text answers such a question; to cancel closes it, and anything else says nothing. */
  private Next typed(Function<String, Next> read) {
    return switch (reply.kind()) {
      case CANCEL -> Next.of(state.answered());
      case TYPED -> read.apply(reply.text());
      case YES, CHOSEN -> Next.of(state);
    };
  }

  private Next asked(Dialog.Ask dialog, String typed) {
    TypedAnswer read = TypedAnswer.of(state, dialog.question(), typed);
    return read.value()
        .map(value -> attested(dialog, value))
        .orElseGet(
            () ->
                Next.of(state.asking(dialog.typing(dialog.line().reading(typed), read.trouble()))));
  }

  private Next attested(Dialog.Ask dialog, String value) {
    String word = dialog.question().word();
    return Observing.write(
        state.answered(), Entry.attested(state.now(), dialog.step().id(), word, value));
  }

  @Override
  public Next choose(Dialog.Choose dialog) {
    List<Step.Option> options = dialog.options();
    return switch (reply.kind()) {
      case CANCEL -> Next.of(state.answered());
      case CHOSEN ->
          reply.option() < 0 || reply.option() >= options.size()
              ? Next.of(state.asking(dialog.on(dialog.index(), "choose with the arrows first")))
              : chosen(dialog.on(reply.option(), ""), options.get(reply.option()));
      case YES, TYPED -> Next.of(state);
    };
  }

  private Next chosen(Dialog.Choose dialog, Step.Option option) {
    for (Check check : option.allowed()) {
      Verdict verdict = check.evaluate(state.snapshot(), state.knowledge());
      if (verdict.answer() == Verdict.Answer.FAIL) {
        return Next.of(state.asking(dialog.on(dialog.index(), verdict.evidence())));
      }
    }
    String word = dialog.step().choice().orElseThrow().word();
    return Observing.write(
        state.answered(), Entry.chosen(state.now(), dialog.step().id(), word, option.value()));
  }

  @Override
  public Next reason(Dialog.Reason dialog) {
    return typed(
        text ->
            dialog
                .waived()
                .map(
                    guard ->
                        waived(dialog.typing(dialog.line().reading(text), ""), guard, text.strip()))
                .orElseGet(
                    () -> skipped(dialog.typing(dialog.line().reading(text), ""), text.strip())));
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
                  "this check passes now, nothing was waived: " + guard.check().question()));
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
    return state.asking(dialog.typing(dialog.line(), error));
  }

  @Override
  public Next forgive(Dialog.Forgive dialog) {
    return typed(
        text ->
            text.isBlank()
                ? Next.of(
                    state.asking(dialog.typing(dialog.line().reading(text), "a reason is needed")))
                : Observing.write(
                    state.answered(),
                    Entry.waived(state.now(), state.cursor(), dialog.debt(), text.strip())));
  }

  @Override
  public Next leave(Dialog.Leave dialog) {
    return switch (reply.kind()) {
      case YES -> left();
      case CANCEL -> Next.of(state.answered());
      case TYPED, CHOSEN -> Next.of(state);
    };
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
