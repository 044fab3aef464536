package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Request;
import dev.lockkeeper.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An act between its confirmation and its outcome.
 *
 * @param step the step that it belongs to
 * @param request what is asked
 * @param sent whether its intention is on disk and it was handed on; before that, nothing has left
 *     the program
 * @param since when it was confirmed
 * @param outcome what it has come to; empty as long as nobody knows
 * @param unwritten why the outcome could not be written to the journal; empty as long as that was
 *     not tried in vain. It is kept, and tried again
 * @param progress how far it is, as who does it tells; empty for most
 */
public record Pending(
    String step,
    Request request,
    boolean sent,
    Instant since,
    Optional<Entry> outcome,
    String unwritten,
    String progress) {
  /** An intention that is written later than this is not acted upon. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** One that was confirmed now; its intention is not written yet. */
  static Pending confirmed(String step, Request request, Instant now) {
    return new Pending(step, request, false, now, Optional.empty(), "", "");
  }

  Pending handedOn() {
    return new Pending(step, request, true, since, outcome, unwritten, progress);
  }

  Pending ended(Entry entry) {
    return new Pending(step, request, sent, since, Optional.of(entry), "", "");
  }

  Pending unwritten(String why) {
    return new Pending(step, request, sent, since, outcome, why, progress);
  }

  Pending at(String told) {
    return new Pending(step, request, sent, since, outcome, unwritten, told);
  }

  /** Whether its outcome, or the writing of it, may come at any moment. */
  public boolean expected() {
    return sent && unwritten.isEmpty();
  }

  /** Whether nobody expects it any more: the intention took too long to be written. */
  boolean lateAt(Instant now) {
    return now.isAfter(since.plus(PATIENCE));
  }
}
