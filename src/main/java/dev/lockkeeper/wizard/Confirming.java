package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.runbook.Step;
import java.time.Instant;
import java.util.Optional;

/**
 * What is answered to the question whether an act shall be done.
 *
 * @param state as it is now
 * @param stroke the key that was pressed
 * @param at when it was pressed
 */
record Confirming(State state, KeyInput stroke, Instant at) {
  /** Withdraws an irreversible question that was left unanswered for too long. */
  static State expire(State state) {
    return state
        .dialog()
        .filter(Dialog.Confirm.class::isInstance)
        .map(Dialog.Confirm.class::cast)
        .filter(confirm -> confirm.risk() == Risk.IRREVERSIBLE)
        .filter(confirm -> state.now().isAfter(confirm.opened().plus(confirm.valid())))
        .map(
            confirm ->
                state
                    .answered()
                    .saying(
                        Toast.Tone.WARN,
                        "the question was withdrawn after %d s; nothing was done"
                            .formatted(confirm.valid().toSeconds())))
        .orElse(state);
  }

  /**
   * A key that arrived before the question was on the screen was not meant for it; to cancel is
   * always right.
   */
  Next answered(Dialog.Confirm dialog) {
    State valid = expire(state);
    if (valid.dialog().isEmpty()) {
      return Next.of(valid);
    }
    if (stroke.escapes()) {
      return Next.of(state.answered().saying(Toast.Tone.PLAIN, "cancelled; nothing was done"));
    }
    if (dialog.shown().filter(shown -> !at.isBefore(shown)).isEmpty()) {
      return Next.of(state);
    }
    return switch (dialog.risk()) {
      case SAFE -> stroke.enters() ? confirmed(dialog) : Next.of(state);
      case DISRUPTIVE -> disruptive(dialog);
      case IRREVERSIBLE -> irreversible(dialog);
    };
  }

  /** A key that means nothing here, as a pasted text is full of, takes the focus back to Cancel. */
  private Next disruptive(Dialog.Confirm dialog) {
    if (!stroke.enters()) {
      return Next.of(state.asking(dialog.focused(stroke.toggles() && !dialog.go())));
    }
    return dialog.go()
        ? confirmed(dialog)
        : Next.of(state.answered().saying(Toast.Tone.PLAIN, "cancelled; nothing was done"));
  }

  private Next irreversible(Dialog.Confirm dialog) {
    if (stroke.enters()) {
      return dialog.phraseTyped() ? confirmed(dialog) : Next.of(state);
    }
    return Next.of(state.asking(dialog.typing(stroke.edited(dialog.typed()))));
  }

  /**
   * The plan is made again from what is known now. Only if it is the one on the screen does it go
   * on, to the journal first.
   */
  private Next confirmed(Dialog.Confirm dialog) {
    // What the server has not judged yet, or would refuse, is not sent, nor what nobody can have
    // read.
    if (dialog.rehearsal().isEmpty() || dialog.refused() || !dialog.read()) {
      return Next.of(state);
    }
    Step step = dialog.step();
    Revalidation again = Revalidation.of(state, step);
    if (again.plan().isEmpty()) {
      return Next.of(
          state.answered().saying(Toast.Tone.WARN, "nothing was done: " + again.against()));
    }
    Plan plan = again.plan().get();
    if (!dialog.plan().covers(plan)) {
      return Walking.question(state, step, plan, changed(dialog.plan(), plan));
    }
    Pending pending = Pending.confirmed(step.id(), plan.request(), state.now());
    return Next.of(
        state
            .answered()
            .awaiting(Optional.of(pending))
            .saying(Toast.Tone.PLAIN, plan.request().summary()),
        new Effect.Append(Entry.intended(state.now(), step.id(), plan.request())));
  }

  /** What it was, and what became of it: the summary alone may read as before. */
  private static String changed(Plan before, Plan now) {
    return "changed while you were asked; it was: "
        + Revalidation.told(before.request().summary(), before.differences(now));
  }
}
