package dev.lockkeeper.kubernetes.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks, in a few small requests, whether the API server is there and what is the case now. */
public final class Heartbeat {
  /**
   * How often the server is asked whether it is there.
   *
   * @param beat while it answers
   * @param whenLost while it does not
   * @param limit how long an answer may take: with {@code beat}, how late a loss is noticed
   */
  public record Pace(Duration beat, Duration whenLost, Duration limit) {
    public static final Pace ORDINARY =
        new Pace(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(2_500));
  }

  private static final Duration LONGEST_WAY = Duration.ofSeconds(2);

  private final ApiServer api;
  private final Resource deployments;
  private final Resource pods;
  private final String deployment;
  private final Duration limit;
  private final ApiErrors words;

  Heartbeat(ApiServer api, String namespace, String deployment, Duration limit) {
    this.limit = limit;
    this.api = api;
    this.deployments = Resource.apps(namespace, "deployments");
    this.pods = Resource.core(namespace, "pods");
    this.deployment = deployment;
    this.words = new ApiErrors(api.server());
  }

  /**
   * What one heartbeat found.
   *
   * @param at when the answers were there
   * @param trouble why there is none, or none that is of use
   * @param versions the resourceVersion of the Deployment and of each Pod, by uid
   * @param withPods whether the Pods were asked for
   * @param namespaceUid the namespace's uid, if it was asked for; empty text if it may not be read
   * @param skew how far the server's clock is ahead of ours, if it shows its clock
   */
  record Beat(
      Instant at,
      Optional<String> trouble,
      Map<String, String> versions,
      boolean withPods,
      Optional<String> namespaceUid,
      Optional<Duration> skew) {}

  /**
   * Asks once; never fails.
   *
   * @param selector the Pods to ask for, once it is known
   * @param namespace whether to ask for the namespace's uid as well
   */
  CompletableFuture<Beat> ask(Optional<String> selector, boolean namespace) {
    Instant sent = SteadyClock.now();
    CompletableFuture<Answer> one = api.get(deployments.path(deployment), limit);
    CompletableFuture<Optional<Duration>> skew =
        one.thenApply(answer -> skew(sent, SteadyClock.now(), answer));
    CompletableFuture<Optional<Answer>> many =
        selector
            .map(labels -> api.get(pods.query(Map.of("labelSelector", labels)), limit))
            .map(answer -> answer.thenApply(Optional::of))
            .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    CompletableFuture<Optional<Answer>> place =
        namespace ? namespace() : CompletableFuture.completedFuture(Optional.empty());
    return one.thenCombine(many, this::judge)
        .thenCombine(place, this::with)
        .thenCombine(skew, Heartbeat::withSkew)
        .exceptionally(failure -> failed(words.silence(failure)));
  }

  private CompletableFuture<Optional<Answer>> namespace() {
    return api.get("/api/v1/namespaces/" + pods.namespace(), limit)
        .thenApply(Optional::of)
        .exceptionally(failure -> Optional.empty());
  }

  private Beat judge(Answer one, Optional<Answer> many) {
    if (!one.ok() && one.code() != 404) {
      return failed(words.refusal(one, "get", deployments));
    }
    if (many.isPresent() && !many.get().ok()) {
      return failed(words.refusal(many.get(), "list", pods));
    }
    Map<String, String> versions = new HashMap<>();
    if (one.ok()) {
      add(versions, one.json());
    }
    many.ifPresent(answer -> answer.json().path("items").forEach(pod -> add(versions, pod)));
    return new Beat(
        SteadyClock.now(),
        Optional.empty(),
        versions,
        many.isPresent(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The header has whole seconds: on average it is half a second late. An answer that took long
   * proves nothing; this machine may have slept, or its clock been set, in between.
   */
  private static Optional<Duration> skew(Instant sent, Instant received, Answer answer) {
    Duration way = Duration.between(sent, received);
    if (way.isNegative() || way.compareTo(LONGEST_WAY) > 0) {
      return Optional.empty();
    }
    Instant middle = sent.plus(way.dividedBy(2));
    return answer.date().map(date -> Duration.between(middle, date.plusMillis(500)));
  }

  /** Where nothing was found at all, it may be the namespace that is not there. */
  private Beat with(Beat beat, Optional<Answer> place) {
    if (beat.versions().isEmpty() && place.filter(Heartbeat::isNoNamespace).isPresent()) {
      return failed("there is no namespace %s: name it with -n".formatted(pods.namespace()));
    }
    Optional<String> uid =
        place
            .filter(answer -> answer.ok() || answer.refused())
            .map(answer -> answer.json().path("metadata").path("uid").asText(""));
    return new Beat(beat.at(), beat.trouble(), beat.versions(), beat.withPods(), uid, beat.skew());
  }

  private static boolean isNoNamespace(Answer answer) {
    return answer.code() == 404 && answer.isStatus();
  }

  private static Beat withSkew(Beat beat, Optional<Duration> skew) {
    return new Beat(
        beat.at(), beat.trouble(), beat.versions(), beat.withPods(), beat.namespaceUid(), skew);
  }

  private static void add(Map<String, String> versions, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    versions.put(metadata.path("uid").asText(), metadata.path("resourceVersion").asText());
  }

  private static Beat failed(String trouble) {
    return new Beat(
        SteadyClock.now(),
        Optional.of(trouble),
        Map.of(),
        false,
        Optional.empty(),
        Optional.empty());
  }
}
