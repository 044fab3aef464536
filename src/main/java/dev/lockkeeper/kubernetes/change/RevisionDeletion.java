package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Rehearsal.Verdict;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.api.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Deletes the Secret in which Helm keeps a revision. The server itself compares it with the one
 * that was seen.
 */
final class RevisionDeletion {
  private final ApiServer api;
  private final Duration limit;
  private final ApiErrors words;
  private final WriteOutcome judgement;

  RevisionDeletion(ApiServer api, Duration limit) {
    this.api = api;
    this.limit = limit;
    this.words = new ApiErrors(api.server());
    this.judgement = new WriteOutcome(words);
  }

  Outcome delete(ForgetRequest request) {
    try {
      Answer answer = deleted(request, false);
      return answer.ok()
          ? Outcome.done("Secret %s is gone".formatted(request.secret().name()))
          : kept(request, answer);
    } catch (ExecutionException e) {
      return judgement.silence(e);
    } catch (InterruptedException e) {
      return WriteOutcome.interrupted();
    }
  }

  private Answer deleted(ForgetRequest request, boolean rehearsed)
      throws ExecutionException, InterruptedException {
    ObjectNode options = Json.MAPPER.createObjectNode();
    options
        .putObject("preconditions")
        .put("uid", request.secret().uid())
        .put("resourceVersion", request.secret().resourceVersion());
    if (rehearsed) {
      options.putArray("dryRun").add("All");
    }
    String path = Resource.core(request.namespace(), "secrets").path(request.secret().name());
    return api.delete(path, options.toString(), limit).get();
  }

  /** A server that compares and finds another one says so in words for programs. */
  private Outcome kept(ForgetRequest request, Answer answer) {
    return answer.code() == 409
        ? Outcome.refused(
            "Secret %s was written since you saw it, and stays: look at the release again"
                .formatted(request.secret().name()))
        : judgement.of(answer, "delete");
  }

  Rehearsal rehearse(ForgetRequest request) {
    try {
      Answer answer = deleted(request, true);
      if (answer.ok()) {
        return new Rehearsal(
            Verdict.ACCEPTED, List.of("Secret %s would go".formatted(request.secret().name())));
      }
      Outcome outcome = kept(request, answer);
      return outcome.result() == Outcome.Result.REFUSED
          ? Rehearsal.refused(outcome.detail())
          : Rehearsal.notAsked(answer.said());
    } catch (ExecutionException e) {
      return Rehearsal.notAsked(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Rehearsal.notAsked("interrupted");
    }
  }
}
