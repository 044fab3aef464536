package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Rehearsal.Verdict;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Changes an object. It reads the object first, which costs nothing and settles most refusals, then
 * sends one JSON patch in which the server itself tests that the object is still the one that was
 * seen. The patch is never repeated, whatever happens to it.
 */
final class PatchWriter {
  private static final String MANAGER = "?fieldManager=lockkeeper";
  private static final String REHEARSAL = MANAGER + "&dryRun=All";

  private final ApiServer api;
  private final Duration limit;
  private final ApiErrors words;
  private final WriteOutcome judgement;
  private final Ownership ownership;

  PatchWriter(ApiServer api, Duration limit) {
    this.api = api;
    this.limit = limit;
    this.words = new ApiErrors(api.server());
    this.judgement = new WriteOutcome(words);
    this.ownership = new Ownership(api, limit);
  }

  Outcome write(ObjectPatch change) {
    PreRead look = look(change);
    if (look.trouble().isPresent()) {
      return WriteOutcome.unsent(look.trouble().get());
    }
    try {
      FieldSet helms = helms(change, look);
      Answer answer = send(change, MANAGER, look);
      return answer.ok()
          ? Outcome.done(done(change, answer.json()) + ownership.giveBack(change.whole(), helms))
          : no(answer, change);
    } catch (ExecutionException e) {
      return judgement.silence(e);
    } catch (InterruptedException e) {
      return WriteOutcome.interrupted();
    }
  }

  /** What Helm owns before the change; a Scale does not tell. */
  private FieldSet helms(ObjectPatch change, PreRead look) throws InterruptedException {
    if (!change.ofDeployment()) {
      return FieldSet.NONE;
    }
    return change.path().equals(change.whole())
        ? Ownership.ofHelm(look.object())
        : ownership.before(change.whole());
  }

  private static String done(ObjectPatch change, JsonNode made) {
    return change.done().apply(made)
        + change.otherwise().apply(made).map(what -> "; " + webhook(what)).orElse("");
  }

  /** Only the server itself can make something else of a request, at the word of a webhook. */
  private static String webhook(String otherwise) {
    return otherwise + ": an admission webhook changes it";
  }

  private Answer send(ObjectPatch change, String query, PreRead look)
      throws ExecutionException, InterruptedException {
    String patch = change.patch().apply(look.object());
    return api.patch(change.path() + query, change.accept(), patch, limit).get();
  }

  /** Reads the object, and compares it with what was seen. */
  private PreRead look(ObjectPatch change) {
    try {
      Answer seen = api.get(change.path(), change.accept(), limit).get();
      return seen.ok()
          ? changed(change, seen).map(PreRead::refused).orElseGet(() -> PreRead.at(seen.json()))
          : seen.code() < 500
              ? PreRead.refused(words.denied(seen, "get") + missing(seen, change))
              : PreRead.silent(words.denied(seen, "get"));
    } catch (ExecutionException e) {
      return PreRead.silent(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PreRead.silent("interrupted");
    }
  }

  private static Optional<String> changed(ObjectPatch change, Answer answer) {
    return change
        .difference()
        .apply(answer.json())
        .map(what -> "%s is no longer what you saw: %s".formatted(change.what(), what));
  }

  /** The server says only that a test failed: one more look finds out which. */
  private Outcome no(Answer answer, ObjectPatch change) {
    Outcome judged = judgement.of(answer, "patch");
    if (answer.code() == 409 || answer.code() == 422) {
      return look(change)
          .trouble()
          .filter(why -> why.startsWith(change.what()))
          .map(Outcome::refused)
          .orElse(judged);
    }
    String missing = missing(answer, change);
    return missing.isEmpty() ? judged : Outcome.refused(judged.detail() + missing);
  }

  private static String missing(Answer answer, ObjectPatch change) {
    return answer.code() == 403 ? change.needed() : "";
  }

  /** A rehearsal takes the same way to the same end, and the server stops before the last step. */
  Rehearsal rehearse(ObjectPatch change) {
    PreRead look = look(change);
    if (look.trouble().isPresent()) {
      return look.answered()
          ? Rehearsal.refused(look.trouble().get())
          : Rehearsal.notAsked(look.trouble().get());
    }
    try {
      Answer answer = send(change, REHEARSAL, look);
      if (answer.ok()) {
        return accepted(change, look.object(), answer.json());
      }
      return judge(answer, change);
    } catch (ExecutionException e) {
      return Rehearsal.notAsked(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Rehearsal.notAsked("interrupted");
    }
  }

  private static Rehearsal accepted(ObjectPatch change, JsonNode before, JsonNode after) {
    List<String> lines = SpecChanges.between(before, after, change.meant().apply(before));
    return change
        .otherwise()
        .apply(after)
        .map(
            what ->
                new Rehearsal(
                    Verdict.OTHERWISE,
                    Stream.concat(Stream.of(webhook(what)), lines.stream()).toList()))
        .orElseGet(() -> new Rehearsal(Verdict.ACCEPTED, lines));
  }

  /**
   * A webhook with side effects, and a server that is too old, refuse dry runs and nothing else.
   */
  private Rehearsal judge(Answer answer, ObjectPatch change) {
    boolean pointless = answer.message().matches("(?i).*dry.?run.*");
    Outcome outcome = no(answer, change);
    return pointless
            || answer.code() == 429
            || answer.code() == 503
            || outcome.result() == Outcome.Result.UNKNOWN
        ? Rehearsal.notAsked(answer.said())
        : Rehearsal.refused(outcome.detail());
  }
}
