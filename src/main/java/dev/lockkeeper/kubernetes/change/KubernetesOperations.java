package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.action.ClusterOperations;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.MemoryRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Rehearsal.Verdict;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.action.ScalerRequest;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.api.WriteOutcome;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import dev.lockkeeper.snapshot.SecondLook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Changes the Deployment, or another object. Each call reads the object first, which costs nothing
 * and settles most refusals, then sends one JSON patch in which the server itself tests that the
 * object is still the one that was seen. The patch is never repeated, whatever happens to it.
 */
public final class KubernetesOperations implements ClusterOperations {
  static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String MANAGER = "?fieldManager=lockkeeper";
  private static final String REHEARSAL = MANAGER + "&dryRun=All";

  private final ApiServer api;
  private final LeaseElector seat;
  private final Duration limit;
  private final ApiErrors words;
  private final WriteOutcome judgement;
  private final Ownership ownership;

  public KubernetesOperations(ApiServer api, LeaseElector seat) {
    this(api, seat, LIMIT);
  }

  /**
   * @param limit how long each request may take
   */
  public KubernetesOperations(ApiServer api, LeaseElector seat, Duration limit) {
    this.api = api;
    this.seat = seat;
    this.limit = limit;
    this.words = new ApiErrors(api.server());
    this.judgement = new WriteOutcome(words);
    this.ownership = new Ownership(api, limit);
  }

  @Override
  public Outcome scale(ScaleRequest request) {
    return perform(ObjectPatch.of(request));
  }

  @Override
  public Outcome setImage(ImageRequest request) {
    return perform(ObjectPatch.of(request));
  }

  @Override
  public Outcome setProbe(ProbeRequest request) {
    return perform(ObjectPatch.of(request));
  }

  @Override
  public Outcome setMemoryLimit(MemoryRequest request) {
    return perform(ObjectPatch.of(request));
  }

  @Override
  public Optional<String> changed(HelmRequest request) {
    String path = ObjectPatch.path(request.place().at().namespace(), request.seen().name());
    try {
      Answer seen = api.get(path, limit).get();
      return seen.ok() || seen.code() == 404 && seen.isStatus()
          ? Difference.of(request.seen(), seen)
              .map(what -> "the deployment is no longer what you saw: " + what)
          : Optional.of(words.denied(seen, "get"));
    } catch (ExecutionException e) {
      return Optional.of(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted before helm was started");
    }
  }

  @Override
  public Outcome forget(ForgetRequest request) {
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

  /** The server itself compares the Secret with the one that was seen. */
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

  @Override
  public Rehearsal rehearse(ForgetRequest request) {
    try {
      Answer answer = deleted(request, true);
      if (answer.ok()) {
        return new Rehearsal(
            Verdict.ACCEPTED, List.of("Secret %s would go".formatted(request.secret().name())));
      }
      Outcome outcome = kept(request, answer);
      return outcome.result() == Outcome.Result.REFUSED
          ? refused(outcome.detail())
          : notAsked(said(answer));
    } catch (ExecutionException e) {
      return notAsked(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notAsked("interrupted");
    }
  }

  @Override
  public Outcome adopt(AdoptRequest request) {
    return perform(ObjectPatch.of(request));
  }

  @Override
  public Outcome hold(ScalerRequest request) {
    return perform(ObjectPatch.of(request));
  }

  @Override
  public Rehearsal rehearse(ScalerRequest request) {
    return rehearse(ObjectPatch.of(request));
  }

  @Override
  public Outcome take(LeaseRequest request) {
    return seat.take(request);
  }

  @Override
  public Optional<String> unseated() {
    return seat.unseated();
  }

  @Override
  public Outcome publishSecondLook(Optional<SecondLook> look) {
    return seat.publishSecondLook(look);
  }

  @Override
  public Rehearsal rehearse(ScaleRequest request) {
    return rehearse(ObjectPatch.of(request));
  }

  @Override
  public Rehearsal rehearse(ImageRequest request) {
    return rehearse(ObjectPatch.of(request));
  }

  @Override
  public Rehearsal rehearse(ProbeRequest request) {
    return rehearse(ObjectPatch.of(request));
  }

  @Override
  public Rehearsal rehearse(MemoryRequest request) {
    return rehearse(ObjectPatch.of(request));
  }

  @Override
  public Rehearsal rehearse(AdoptRequest request) {
    return rehearse(ObjectPatch.of(request));
  }

  private Outcome perform(ObjectPatch change) {
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
  private Rehearsal rehearse(ObjectPatch change) {
    PreRead look = look(change);
    if (look.trouble().isPresent()) {
      return look.answered() ? refused(look.trouble().get()) : notAsked(look.trouble().get());
    }
    try {
      Answer answer = send(change, REHEARSAL, look);
      if (answer.ok()) {
        return accepted(change, look.object(), answer.json());
      }
      return judge(answer, change);
    } catch (ExecutionException e) {
      return notAsked(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notAsked("interrupted");
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
        ? notAsked(said(answer))
        : refused(outcome.detail());
  }

  private static String said(Answer answer) {
    String message = answer.message();
    return "the API server answered %d%s"
        .formatted(answer.code(), message.isEmpty() ? "" : ": " + message);
  }

  private static Rehearsal refused(String why) {
    return new Rehearsal(Verdict.REFUSED, List.of(why));
  }

  private static Rehearsal notAsked(String why) {
    return new Rehearsal(Verdict.NOT_ASKED, List.of(why));
  }
}
