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
 * @param reply the answer
 * @param at when it was given
 */
record Confirming(State state, Reply reply, Instant at) {
  /** Withdraws an irreversible question that was left unanswered for too long. */
  static State expire(State state) {
    return state
        .confirm()
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
   * What was answered before the question was on the screen was not meant for it; to cancel is
   * always right.
   */
  Next answered(Dialog.Confirm dialog) {
    if (reply.cancels()) {
      return Next.of(state.answered().saying(Toast.Tone.PLAIN, "cancelled; nothing was done"));
    }
    if (!dialog.shownBy(at)) {
      return Next.of(state);
    }
    return missing(dialog)
        .map(why -> Next.of(state.saying(Toast.Tone.WARN, why)))
        .orElseGet(() -> agrees(dialog) ? confirmed(dialog) : Next.of(state));
  }

  /**
   * What the question waits for. What the server has not judged yet, or would refuse, is not sent,
   * nor what nobody can have read.
   */
  private Optional<String> missing(Dialog.Confirm dialog) {
    if (dialog.rehearsal().isEmpty()) {
      return Optional.of("wait: the server is still being asked what it would do");
    }
    if (dialog.refused()) {
      return Optional.of("the server would refuse this, so it is not sent: esc goes back");
    }
    if (!dialog.read()) {
      return Optional.of("read it to its end first: pgdn scrolls");
    }
    return dialog.risk() == Risk.IRREVERSIBLE && !agrees(dialog)
        ? Optional.of(mistyped(dialog))
        : Optional.empty();
  }

  private boolean agrees(Dialog.Confirm dialog) {
    return switch (dialog.risk()) {
      case SAFE, DISRUPTIVE -> reply.kind() == Reply.Kind.YES;
      case IRREVERSIBLE ->
          reply.isTyped() && dialog.typing(TypedLine.of(reply.text())).phraseTyped();
    };
  }

  private String mistyped(Dialog.Confirm dialog) {
    if (dialog.look().required() && dialog.look().asked().isEmpty()) {
      return "wait: the second operator is still being asked for a code";
    }
    return reply.text().isEmpty()
        ? "nothing was typed, and nothing was done"
        : "what was typed is not what is asked for: nothing was done";
  }

  /**
   * The plan is made again from what is known now. Only if it is the one on the screen does it go
   * on, to the journal first.
   */
  private Next confirmed(Dialog.Confirm dialog) {
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
    return "changed since you were asked; it was: "
        + Revalidation.told(before.request().summary(), before.differences(now));
  }
}
