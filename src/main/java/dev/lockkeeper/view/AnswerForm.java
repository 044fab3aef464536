package dev.lockkeeper.view;

import dev.lockkeeper.wizard.TypedLine;
import java.util.List;

/** How a question wants to be answered: what a display has to offer for it. */
public sealed interface AnswerForm {
  /** Hands this form to the case that knows its kind. */
  <R> R match(Cases<R> cases);

  /** One case for each kind of form. */
  interface Cases<R> {
    R close(Close form);

    R goBack(GoBack form);

    R agree(Agree form);

    R decide(Decide form);

    R phrase(Phrase form);

    R text(Text form);

    R choice(Choice form);
  }

  /** It only tells, until it is closed. */
  record Close() implements AnswerForm {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.close(this);
    }
  }

  /** It cannot be done, because the server would refuse it: there is only the way back. */
  record GoBack() implements AnswerForm {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.goBack(this);
    }
  }

  /** One key is enough to do it. */
  record Agree() implements AnswerForm {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.agree(this);
    }
  }

  /**
   * One of two; it never starts at the one that does something.
   *
   * @param no what it is called to let it be
   * @param yes what it is called to do it
   * @param onYes whether whoever answers stands there by now
   */
  record Decide(Shown no, Shown yes, boolean onYes) implements AnswerForm {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.decide(this);
    }
  }

  /**
   * Exactly this text has to be typed.
   *
   * @param phrase the text
   * @param second what has to be typed behind it
   * @param typed what was typed so far
   * @param whole whether that is all of it
   */
  record Phrase(Shown phrase, Second second, Typed typed, boolean whole) implements AnswerForm {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.phrase(this);
    }
  }

  /**
   * What was typed so far.
   *
   * @param before what is left of the caret
   * @param after what is right of it
   */
  record Typed(Shown before, Shown after) {
    static Typed of(TypedLine line) {
      return new Typed(Shown.of(line.before()), Shown.of(line.after()));
    }
  }

  /** What is typed behind a phrase. */
  enum Second {
    /** Nothing. */
    NONE,
    /** A blank and a second operator's code, who is being asked for it. */
    ASKED_FOR,
    /** A blank and the code that a second operator sees now. */
    IN_SIGHT
  }

  /**
   * Any text.
   *
   * @param typed what was typed so far
   * @param meaning what that would be taken for, or why it would not be yet; empty where that says
   *     no more
   * @param trouble why the last answer did not do; empty when none was given
   */
  record Text(Typed typed, Shown meaning, Shown trouble) implements AnswerForm {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.text(this);
    }
  }

  /**
   * One of several.
   *
   * @param options all of them
   * @param at the one where whoever answers stands, counted from 0; negative for none
   * @param trouble why the last one was refused; empty when none was
   */
  record Choice(List<Option> options, int at, Shown trouble) implements AnswerForm {
    public Choice {
      options = List.copyOf(options);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.choice(this);
    }
  }

  /**
   * One of the options.
   *
   * @param title what it is called
   * @param consequences what follows from it
   */
  record Option(Shown title, List<Shown> consequences) {
    public Option {
      consequences = List.copyOf(consequences);
    }
  }
}
