package dev.lockkeeper.live;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.view.AnswerForm;
import dev.lockkeeper.view.Display;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.ShownQuestion;
import dev.lockkeeper.wizard.Approach;
import dev.lockkeeper.wizard.Dialog;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Reply;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Toast;
import dev.lockkeeper.wizard.Watching;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Another display than the full screen: each question is put once, as lines, and what is typed is a
 * line, too.
 */
final class LineDisplay implements Display {
  final List<String> lines = new CopyOnWriteArrayList<>();
  private volatile Consumer<Event> taking = event -> {};
  private volatile Optional<State> shown = Optional.empty();

  @Override
  public void listen(Consumer<Event> taking, Runnable again, Runnable gone) {
    this.taking = taking;
  }

  @Override
  public void show(State state) {
    Optional<Dialog> before = shown.flatMap(State::dialog);
    state
        .dialog()
        .filter(dialog -> before.filter(dialog::asksTheSameAs).isEmpty())
        .ifPresent(dialog -> put(question(dialog, state)));
    state
        .notice()
        .filter(notice -> !shown.flatMap(State::notice).equals(Optional.of(notice)))
        .map(Toast::text)
        .ifPresent(lines::add);
    state
        .confirm()
        .filter(asked -> !asked.read() && asked.rehearsal().isPresent())
        .ifPresent(asked -> taking.accept(new Event.ReadToItsEnd(asked)));
    shown = Optional.of(state);
  }

  @Override
  public void show(Approach state) {
    throw new AssertionError("nothing is on its way here");
  }

  @Override
  public void show(Watching state) {
    throw new AssertionError("nobody watches here");
  }

  @Override
  public Copied copy(String inert) {
    return new Copied(Copied.Way.NONE, 0);
  }

  /** What a run reaches besides, where there is nothing. */
  static Beside alone(Consumer<Optional<ObjectName>> seeking) {
    return new Beside(
        seeking,
        inspection -> {},
        new TakenAway(new LineDisplay(), Optional.empty()),
        (seen, told) -> request -> Outcome.refused("there is no folder here"));
  }

  private static ShownQuestion question(Dialog dialog, State state) {
    return ShownQuestion.of(dialog, state, 72);
  }

  private void put(ShownQuestion question) {
    lines.add(question.title().text());
    question.body().stream().map(Line::text).forEach(lines::add);
    lines.add(question.form().match(new Prompt()));
  }

  /** Whether what is asked was put with all that belongs to it, so that it can be confirmed. */
  boolean asksToConfirm() {
    return shown.flatMap(State::confirm).filter(Dialog.Confirm::read).isPresent();
  }

  /** Whether anything was shown, so that what is typed from now on is meant for it. */
  boolean isListening() {
    return shown.isPresent();
  }

  State shown() {
    return shown.orElseThrow();
  }

  /** A line is typed: an answer, or, where nothing is asked, that it shall go on. */
  void types(String line, Instant at) {
    State state = shown();
    taking.accept(
        state
            .dialog()
            .<Event>map(
                dialog ->
                    new Event.Answered(
                        dialog, question(dialog, state).form().match(new Read(line)), at))
            .orElse(new Event.Pressed(Key.of(Key.Name.ENTER), at)));
  }

  /** A key, whatever is shown. */
  void presses(Key key, Instant at) {
    taking.accept(new Event.Pressed(key, at));
  }

  @Override
  public void close() {
    lines.add("closed");
  }

  /** What is to be typed. */
  private record Prompt() implements AnswerForm.Cases<String> {
    @Override
    public String close(AnswerForm.Close form) {
      return "(any line goes on)";
    }

    @Override
    public String goBack(AnswerForm.GoBack form) {
      return "(the server would refuse this; any line goes back)";
    }

    @Override
    public String agree(AnswerForm.Agree form) {
      return "yes or no?";
    }

    @Override
    public String decide(AnswerForm.Decide form) {
      return "yes: %s, no: %s?".formatted(form.yes().text(), form.no().text());
    }

    @Override
    public String phrase(AnswerForm.Phrase form) {
      return "to go on, type: " + form.phrase().text();
    }

    @Override
    public String text(AnswerForm.Text form) {
      return form.trouble().isEmpty() ? "?" : form.trouble().text();
    }

    @Override
    public String choice(AnswerForm.Choice form) {
      StringBuilder options = new StringBuilder("which one?");
      form.options().forEach(each -> options.append(" / ").append(each.title().text()));
      return options.toString();
    }
  }

  /** What a line answers. */
  private record Read(String line) implements AnswerForm.Cases<Reply> {
    @Override
    public Reply close(AnswerForm.Close form) {
      return Reply.cancel();
    }

    @Override
    public Reply goBack(AnswerForm.GoBack form) {
      return Reply.cancel();
    }

    @Override
    public Reply agree(AnswerForm.Agree form) {
      return line.equals("yes") ? Reply.yes() : Reply.cancel();
    }

    @Override
    public Reply decide(AnswerForm.Decide form) {
      return line.equals("yes") ? Reply.yes() : Reply.cancel();
    }

    @Override
    public Reply phrase(AnswerForm.Phrase form) {
      return Reply.typed(line);
    }

    @Override
    public Reply text(AnswerForm.Text form) {
      return Reply.typed(line);
    }

    @Override
    public Reply choice(AnswerForm.Choice form) {
      return Reply.chosen(Integer.parseInt(line) - 1);
    }
  }
}
