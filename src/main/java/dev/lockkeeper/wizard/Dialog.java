package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A question that stands before the screen. Keys go to it until it is answered. */
public sealed interface Dialog {
  /** Hands this dialog to the case that knows its kind. */
  <R> R match(Cases<R> cases);

  /** One case for each kind of dialog. */
  interface Cases<R> {
    R confirm(Confirm dialog);

    R ask(Ask dialog);

    R choose(Choose dialog);

    R reason(Reason dialog);

    R leave(Leave dialog);

    R help(Help dialog);
  }

  /**
   * Shall this be done?
   *
   * @param step the step
   * @param plan what exactly
   * @param typed what was typed so far
   * @param go whether the focus stands on doing it; it never starts there
   * @param opened when the question was put; an irreversible one expires
   * @param shown when it was first on the screen: keys from before that are not for it
   * @param rehearsal what the server said that it would do; empty as long as it was not heard
   * @param changed what is different from the plan that was confirmed, when the question is put
   *     again; empty the first time
   */
  record Confirm(
      Step step,
      Plan plan,
      String typed,
      boolean go,
      Instant opened,
      Optional<Instant> shown,
      Optional<Rehearsal> rehearsal,
      String changed)
      implements Dialog {
    /** An irreversible question left unanswered for this long is withdrawn. */
    public static final Duration VALID = Duration.ofSeconds(60);

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.confirm(this);
    }

    /** A question that is put now. */
    static Confirm put(Step step, Plan plan, Instant now, String changed) {
      return new Confirm(step, plan, "", false, now, Optional.empty(), Optional.empty(), changed);
    }

    /** Whether the server would refuse it, so that it is not sent. */
    public boolean refused() {
      return rehearsal.filter(heard -> heard.verdict() == Rehearsal.Verdict.REFUSED).isPresent();
    }

    /** Whether exactly the phrase on the screen was typed. */
    public boolean phraseTyped() {
      return typed.equals(plan.phrase());
    }

    Confirm typing(String text) {
      return new Confirm(step, plan, text, go, opened, shown, rehearsal, changed);
    }

    Confirm rehearsed(Rehearsal heard) {
      return new Confirm(step, plan, typed, go, opened, shown, Optional.of(heard), changed);
    }

    Confirm focused(boolean onGo) {
      return new Confirm(step, plan, typed, onGo, opened, shown, rehearsal, changed);
    }

    Confirm shownAt(Instant moment) {
      return shown.isPresent()
          ? this
          : new Confirm(step, plan, typed, go, opened, Optional.of(moment), rehearsal, changed);
    }
  }

  /**
   * What did you see?
   *
   * @param step the step
   * @param index which of its questions
   * @param typed what was typed so far
   * @param error why the last answer did not fit; empty when none was given
   */
  record Ask(Step step, int index, String typed, String error) implements Dialog {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ask(this);
    }

    public Step.Question question() {
      return step.questions().get(index);
    }
  }

  /**
   * Which one?
   *
   * @param step the step
   * @param index the option that the focus is on, or {@link #NONE}
   * @param error why an option was refused; empty when none was
   */
  record Choose(Step step, int index, String error) implements Dialog {
    /** The focus stands on no option yet, so that an Enter too many decides nothing. */
    public static final int NONE = -1;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.choose(this);
    }
  }

  /**
   * Why all the same?
   *
   * @param step the step
   * @param waived the guard to waive, or empty to leave the whole step out
   * @param typed what was typed so far
   * @param error why the last answer did not do; empty when none was given
   */
  record Reason(Step step, Optional<Guard> waived, String typed, String error) implements Dialog {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reason(this);
    }
  }

  /**
   * Leave?
   *
   * @param go whether the focus stands on leaving
   */
  record Leave(boolean go) implements Dialog {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.leave(this);
    }
  }

  /** All keys. */
  record Help() implements Dialog {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.help(this);
    }
  }
}
