package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.SecondLook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A question that stands before the screen until it is answered. */
public sealed interface Dialog {
  /** Hands this dialog to the case that knows its kind. */
  <R> R match(Cases<R> cases);

  /** The question whether an act shall be done, if this is one. */
  default Optional<Confirm> confirm() {
    return Optional.empty();
  }

  /** Whether another one puts the same question, as far as what is told goes. */
  default boolean asksTheSameAs(Dialog other) {
    return match(new Unanswered()).equals(other.match(new Unanswered()));
  }

  /** Whether it was on the screen at this moment already, so that a key can be meant for it. */
  default boolean shownBy(Instant moment) {
    return true;
  }

  /** The same of Enter, which takes what stands there: one too many takes nothing unread. */
  default boolean entersBy(Instant moment) {
    return shownBy(moment);
  }

  /** The same, which has come on the screen by now. */
  default Dialog shownAt(Instant moment) {
    return this;
  }

  /** Whether nothing is asked, so that every key that moves scrolls. */
  default boolean onlyTells() {
    return false;
  }

  /** Whether it is answered by what is typed into a line. */
  default boolean isTyped() {
    return false;
  }

  /** Whether a Ctrl-C at this moment leaves. */
  default boolean leavesAt(Instant now) {
    return false;
  }

  /** One case for each kind of dialog. */
  interface Cases<R> {
    R confirm(Confirm dialog);

    R ask(Ask dialog);

    R choose(Choose dialog);

    R reason(Reason dialog);

    R forgive(Forgive dialog);

    R leave(Leave dialog);

    R help(Help dialog);
  }

  /**
   * Shall this be done?
   *
   * @param step the step
   * @param plan what exactly
   * @param line what was typed so far
   * @param go whether the focus stands on doing it; it never starts there
   * @param opened when the question was put; an irreversible one expires
   * @param shown when it was first on the screen: keys from before that are not for it
   * @param read whether its end was in sight, with what the server said: only then can it be
   *     confirmed
   * @param rehearsal what the server said that it would do; empty as long as it was not heard
   * @param look the second operator's look that is required; empty when none is
   * @param changed what is different from the plan that was confirmed, when the question is put
   *     again; empty the first time
   */
  record Confirm(
      Step step,
      Plan plan,
      TypedLine line,
      boolean go,
      Instant opened,
      Optional<Instant> shown,
      boolean read,
      Optional<Rehearsal> rehearsal,
      Look look,
      String changed)
      implements Dialog {
    /**
     * Whether a second operator must look.
     *
     * @param required whether it is laid down so
     * @param asked the question, once it was put to whoever watches
     */
    public record Look(boolean required, Optional<SecondLook> asked) {
      static final Look NONE = new Look(false, Optional.empty());
    }

    /** An irreversible question left unanswered for this long is withdrawn. */
    public static final Duration VALID = Duration.ofSeconds(60);

    /** Two people need longer. */
    public static final Duration LOOKED = Duration.ofMinutes(5);

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.confirm(this);
    }

    /** A question that is put now. */
    static Confirm put(Step step, Plan plan, Instant now, Look look, String changed) {
      return new Confirm(
          step,
          plan,
          TypedLine.EMPTY,
          false,
          now,
          Optional.empty(),
          false,
          Optional.empty(),
          look,
          changed);
    }

    /** For how long it stands. */
    public Duration valid() {
      return look.required() ? LOOKED : VALID;
    }

    /**
     * How it is confirmed: as the plan says, and one grade harder where the server would make
     * something else of it.
     */
    public Risk risk() {
      return otherwise() ? plan.risk().harder() : plan.risk();
    }

    /** Whether what the server would make is not what is asked. */
    public boolean otherwise() {
      return rehearsal.filter(heard -> heard.verdict() == Rehearsal.Verdict.OTHERWISE).isPresent();
    }

    /** Whether the server would refuse it, so that it is not sent. */
    public boolean refused() {
      return rehearsal.filter(heard -> heard.verdict() == Rehearsal.Verdict.REFUSED).isPresent();
    }

    /**
     * Whether exactly the phrase on the screen was typed, and behind it the second operator's code
     * where one is required.
     */
    public boolean phraseTyped() {
      return look.required()
          ? look.asked()
              .filter(each -> typed().equals(plan.phrase() + " " + each.code()))
              .isPresent()
          : typed().equals(plan.phrase());
    }

    /** What was typed so far. */
    public String typed() {
      return line.text();
    }

    Confirm lookedAt(SecondLook asked) {
      return with(line, go, shown, rehearsal, new Look(true, Optional.of(asked)));
    }

    private Confirm with(
        TypedLine text,
        boolean onGo,
        Optional<Instant> when,
        Optional<Rehearsal> heard,
        Look second) {
      boolean still = read && heard.equals(rehearsal);
      return new Confirm(step, plan, text, onGo, opened, when, still, heard, second, changed);
    }

    @Override
    public Optional<Confirm> confirm() {
      return Optional.of(this);
    }

    @Override
    public boolean shownBy(Instant moment) {
      return shown.filter(when -> !moment.isBefore(when)).isPresent();
    }

    Confirm readToItsEnd() {
      return new Confirm(step, plan, line, go, opened, shown, true, rehearsal, look, changed);
    }

    @Override
    public boolean isTyped() {
      return risk() == Risk.IRREVERSIBLE;
    }

    Confirm typing(TypedLine text) {
      return with(text, go, shown, rehearsal, look);
    }

    /** A question that another answer has changed is a new one: it has to be seen first. */
    Confirm rehearsed(Rehearsal heard) {
      Confirm told = with(line, go, shown, Optional.of(heard), look);
      return told.otherwise()
          ? told.with(TypedLine.EMPTY, false, Optional.empty(), told.rehearsal, look)
          : told;
    }

    Confirm focused(boolean onGo) {
      return with(line, onGo, shown, rehearsal, look);
    }

    @Override
    public Confirm shownAt(Instant moment) {
      return shown.isPresent() ? this : with(line, go, Optional.of(moment), rehearsal, look);
    }
  }

  /**
   * What did you see?
   *
   * @param step the step
   * @param index which of its questions
   * @param line what was typed so far
   * @param error why the last answer did not fit; empty when none was given
   * @param shown from when on it can be answered: what stands in the field already has to be seen
   */
  record Ask(Step step, int index, TypedLine line, String error, Optional<Instant> shown)
      implements Dialog {
    /** A question that is put now; what was answered to it before, or was seen, is offered. */
    static Ask put(State state, Step step, int index) {
      Optional<String> offer = TypedAnswer.offer(state, step.questions().get(index));
      TypedLine line = TypedLine.offering(offer.orElse(""));
      return new Ask(step, index, line, "", offer.isPresent() ? Optional.empty() : ALWAYS);
    }

    private static final Optional<Instant> ALWAYS = Optional.of(Instant.MIN);

    @Override
    public boolean entersBy(Instant moment) {
      return shownBy(line.offered() ? moment.minus(Toast.TOO_SOON) : moment);
    }

    @Override
    public boolean shownBy(Instant moment) {
      return shown.filter(when -> !moment.isBefore(when)).isPresent();
    }

    @Override
    public Dialog shownAt(Instant moment) {
      return shown.isPresent() ? this : new Ask(step, index, line, error, Optional.of(moment));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ask(this);
    }

    @Override
    public boolean isTyped() {
      return true;
    }

    Ask typing(TypedLine text, String trouble) {
      return new Ask(step, index, text, trouble, shown);
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

    public List<Step.Option> options() {
      return step.choice().orElseThrow().options();
    }

    Choose on(int option, String trouble) {
      return new Choose(step, option, trouble);
    }
  }

  /**
   * Why all the same?
   *
   * @param step the step
   * @param waived the guard to waive, or empty to leave the whole step out
   * @param line what was typed so far
   * @param error why the last answer did not do; empty when none was given
   */
  record Reason(Step step, Optional<Guard> waived, TypedLine line, String error) implements Dialog {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reason(this);
    }

    @Override
    public boolean isTyped() {
      return true;
    }

    Reason typing(TypedLine text, String trouble) {
      return new Reason(step, waived, text, trouble);
    }
  }

  /**
   * Shall this stay owed for good? A run is over only when everything was put back, or somebody
   * said why it will not be.
   *
   * @param debt what is owed
   * @param line what was typed so far
   * @param error why the last answer did not do; empty when none was given
   */
  record Forgive(Debt debt, TypedLine line, String error) implements Dialog {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.forgive(this);
    }

    @Override
    public boolean isTyped() {
      return true;
    }

    Forgive typing(TypedLine text, String trouble) {
      return new Forgive(debt, text, trouble);
    }
  }

  /**
   * Leave?
   *
   * @param go whether the focus stands on leaving
   * @param interrupted when it was asked for by Ctrl-C, if it was: a second one soon after leaves
   */
  record Leave(boolean go, Optional<Instant> interrupted) implements Dialog {
    /** So soon a second Ctrl-C leaves. */
    public static final Duration TWICE = Duration.ofSeconds(2);

    Leave focused(boolean onGo) {
      return new Leave(onGo, interrupted);
    }

    @Override
    public boolean leavesAt(Instant now) {
      return interrupted.filter(first -> !now.isAfter(first.plus(TWICE))).isPresent();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.leave(this);
    }
  }

  /**
   * All keys.
   *
   * @param place where they are pressed
   */
  record Help(Binding.Place place) implements Dialog {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.help(this);
    }

    @Override
    public boolean onlyTells() {
      return true;
    }
  }
}
