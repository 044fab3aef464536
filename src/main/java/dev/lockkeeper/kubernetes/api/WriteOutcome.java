package dev.lockkeeper.kubernetes.api;

import dev.lockkeeper.action.Outcome;
import java.util.concurrent.ExecutionException;

/**
 * What is proved by what came back, or did not, when a write was sent. Only what proves that
 * nothing was done is a refusal.
 *
 * @param words for what went wrong
 */
public record WriteOutcome(ApiErrors words) {

  /** An answer that is not the wanted one. */
  public Outcome of(Answer answer, String verb) {
    return switch (answer.code()) {
      case 409, 422 -> Outcome.refused("%d: %s".formatted(answer.code(), answer.message()));
      case 429 -> Outcome.refused("429: the API server is too busy and did not process it");
      case 503 ->
          answer.isStatus()
              ? Outcome.refused("503: the API server did not process it: " + answer.message())
              : unknown(answer);
      default ->
          answer.code() >= 400 && answer.code() < 500 && answer.code() != 408
              ? Outcome.refused(words.denied(answer, verb))
              : beforehand(answer);
    };
  }

  /** No answer. */
  public Outcome silence(ExecutionException failure) {
    return ApiErrors.neverSent(failure)
        ? unsent(words.silence(failure))
        : Outcome.unknown("sent, but no answer: " + words.silence(failure));
  }

  /** We were told to stop while we waited. */
  public static Outcome interrupted() {
    Thread.currentThread().interrupt();
    return Outcome.unknown("sent, but the wait for the answer was interrupted");
  }

  /** It was given up before anything was sent. */
  public static Outcome unsent(String why) {
    return Outcome.refused("nothing was sent: " + why);
  }

  /** An admission webhook that cannot be called stands before the change, so that none was made. */
  private static Outcome beforehand(Answer answer) {
    return answer.code() == 500 && answer.message().contains("failed calling webhook")
        ? Outcome.refused("500: " + answer.message())
        : unknown(answer);
  }

  private static Outcome unknown(Answer answer) {
    return Outcome.unknown(
        "sent, but the answer does not tell whether it was done: %d%s"
            .formatted(answer.code(), answer.message().isEmpty() ? "" : ": " + answer.message()));
  }
}
