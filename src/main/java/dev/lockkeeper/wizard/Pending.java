package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Request;
import java.time.Duration;
import java.time.Instant;

/**
 * An act between its confirmation and its outcome.
 *
 * @param step the step that it belongs to
 * @param request what is asked
 * @param sent whether its intention is on disk and it was handed on; before that, nothing has left
 *     the program
 * @param since when it was confirmed
 */
public record Pending(String step, Request request, boolean sent, Instant since) {
  /** An intention that is written later than this is not acted upon. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  Pending handedOn() {
    return new Pending(step, request, true, since);
  }

  /** Whether nobody expects it any more: the intention took too long to be written. */
  boolean lateAt(Instant now) {
    return now.isAfter(since.plus(PATIENCE));
  }
}
