package dev.lockkeeper.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.action.ClusterOperations;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.snapshot.SecondLook;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Changes the Deployment. Each call reads the object first, which costs nothing and settles most
 * refusals, then sends one JSON patch in which the server itself tests that the object is still the
 * one that was seen. The patch is never repeated, whatever happens to it.
 */
public final class KubernetesOperations implements ClusterOperations {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String MANAGER = "?fieldManager=lockkeeper";

  private final ApiServer api;
  private final Duration limit;
  private final Trouble words;

  KubernetesOperations(ApiServer api) {
    this(api, LIMIT);
  }

  /**
   * @param limit how long each request may take
   */
  KubernetesOperations(ApiServer api, Duration limit) {
    this.api = api;
    this.limit = limit;
    this.words = new Trouble(api.server());
  }

  @Override
  public Outcome scale(ScaleRequest request) {
    return change(
        path(request.namespace(), request.deployment()) + "/scale",
        seen -> Difference.of(request, seen),
        seen -> scalePatch(request, seen),
        answer ->
            "replicas %d -> %d"
                .formatted(request.from(), answer.path("spec").path("replicas").asInt(0)));
  }

  /**
   * A Scale of 0 may come without the field {@code replicas}, which a test of its value would then
   * miss: so the whole spec is tested in that case.
   */
  private static String scalePatch(ScaleRequest request, JsonNode seen) {
    JsonPatch patch = new JsonPatch().test("/metadata/uid", request.uid());
    if (seen.path("spec").has("replicas")) {
      patch.test("/spec/replicas", request.from());
    } else {
      patch.test("/spec", seen.path("spec"));
    }
    return patch.put("/spec/replicas", request.to()).toString();
  }

  @Override
  public Outcome setImage(ImageRequest request) {
    return change(
        path(request.namespace(), request.deployment()),
        seen -> Difference.of(request, seen),
        seen -> imagePatch(request, seen),
        answer ->
            "image %s -> %s"
                .formatted(
                    request.from(),
                    Difference.container(answer, request.container())
                        .map(container -> container.path("image").asText())
                        .orElse(request.to())));
  }

  @Override
  public Outcome setProbe(ProbeRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Outcome take(LeaseRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Outcome show(Optional<SecondLook> look) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Rehearsal rehearse(ScaleRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Rehearsal rehearse(ImageRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Rehearsal rehearse(ProbeRequest request) {
    throw new UnsupportedOperationException();
  }

  static String imagePatch(ImageRequest request, JsonNode seen) {
    String path =
        "/spec/template/spec/containers/" + Difference.index(seen, request.container()) + "/";
    return new JsonPatch()
        .test("/metadata/uid", request.uid())
        .test("/metadata/generation", request.generation())
        .test(path + "name", request.container())
        .test(path + "image", request.from())
        .replace(path + "image", request.to())
        .toString();
  }

  private static String path(String namespace, String deployment) {
    return Resource.apps(namespace, "deployments").path(deployment);
  }

  private Outcome change(
      String path,
      Function<JsonNode, Optional<String>> difference,
      Function<JsonNode, String> patch,
      Function<JsonNode, String> done) {
    Answer seen;
    try {
      seen = api.get(path, limit).get();
    } catch (ExecutionException e) {
      return Outcome.refused("nothing was sent: " + words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.refused("nothing was sent: interrupted");
    }
    if (!seen.ok()) {
      return Outcome.refused("nothing was sent: " + words.denied(seen, "get"));
    }
    Optional<String> changed = difference.apply(seen.json());
    if (changed.isPresent()) {
      return Outcome.refused(
          "nothing was sent: the deployment is no longer what you saw: " + changed.get());
    }
    return write(path, patch.apply(seen.json()), difference, done);
  }

  private Outcome write(
      String path,
      String patch,
      Function<JsonNode, Optional<String>> difference,
      Function<JsonNode, String> done) {
    try {
      Answer answer = api.patch(path + MANAGER, patch, limit).get();
      return answer.ok()
          ? Outcome.done(done.apply(answer.json()))
          : judge(answer, path, difference);
    } catch (ExecutionException e) {
      return Trouble.neverSent(e)
          ? Outcome.refused("nothing was sent: " + words.silence(e))
          : Outcome.unknown("sent, but no answer: " + words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.unknown("sent, but the wait for the answer was interrupted");
    }
  }

  /** Only an answer that proves that nothing was done is a refusal. */
  private Outcome judge(
      Answer answer, String path, Function<JsonNode, Optional<String>> difference) {
    return switch (answer.code()) {
      case 409, 422 -> Outcome.refused(explain(answer, path, difference));
      case 429 -> Outcome.refused("429: the API server is too busy and did not process it");
      case 503 ->
          answer.isStatus()
              ? Outcome.refused("503: the API server did not process it: " + answer.message())
              : unknown(answer);
      default ->
          answer.code() >= 400 && answer.code() < 500 && answer.code() != 408
              ? Outcome.refused(words.denied(answer, "patch"))
              : beforehand(answer);
    };
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

  /** The server says only that a test failed: one more look finds out which. */
  private String explain(
      Answer answer, String path, Function<JsonNode, Optional<String>> difference) {
    String said = "%d: %s".formatted(answer.code(), answer.message());
    try {
      Answer now = api.get(path, limit).get();
      return now.ok()
          ? difference
              .apply(now.json())
              .map(what -> "the deployment is no longer what you saw: " + what)
              .orElse(said)
          : said;
    } catch (ExecutionException e) {
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return said;
    }
  }
}
