package dev.lockkeeper.kubernetes.watch;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.facts.CoderContainer;
import dev.lockkeeper.kubernetes.facts.DeploymentFacts;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Served;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Asks Ready pods over HTTP, through the API server's proxy, whether they are well and what they
 * are. Used from one thread; answers arrive on others.
 */
final class PodProxy {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final ApiServer api;
  private final String namespace;
  private final Runnable changed;
  private final Map<String, Instant> asked = new HashMap<>();
  private final Map<String, Served> answers = new HashMap<>();

  PodProxy(ApiServer api, String namespace, Runnable changed) {
    this.api = api;
    this.namespace = namespace;
    this.changed = changed;
  }

  /** Asks those that were not asked lately, and forgets those that are no longer among them. */
  void ask(List<Pod> ready) {
    Instant now = SteadyClock.now();
    Map<String, Pod> incarnations = new HashMap<>();
    ready.forEach(pod -> incarnations.put(incarnation(pod), pod));
    synchronized (this) {
      asked.keySet().retainAll(incarnations.keySet());
      answers.keySet().retainAll(incarnations.keySet());
      Set<String> due = new HashSet<>(incarnations.keySet());
      due.removeIf(key -> asked.containsKey(key) && now.isBefore(asked.get(key).plus(PERIOD)));
      due.forEach(key -> ask(key, incarnations.get(key), now));
    }
  }

  /** A container that was started again is to be asked at once. */
  private static String incarnation(Pod pod) {
    int restarts =
        pod.getStatus().getContainerStatuses().stream()
            .mapToInt(status -> DeploymentFacts.number(status.getRestartCount()))
            .sum();
    return pod.getMetadata().getUid() + "/" + restarts;
  }

  private void ask(String key, Pod pod, Instant now) {
    asked.put(key, now);
    String name = pod.getMetadata().getName();
    String proxy =
        Resource.core(namespace, "pods").path(name)
            + ":%d/proxy".formatted(CoderContainer.port(pod.getSpec().getContainers()));
    CompletableFuture<Boolean> healthy =
        api.text(proxy + "/healthz", LIMIT)
            .thenApply(answer -> answer.code() == 200)
            .exceptionally(failure -> false);
    CompletableFuture<Observed<String>> version =
        api.text(proxy + "/api/v2/buildinfo", LIMIT)
            .thenApply(PodProxy::version)
            .exceptionally(failure -> unknown("the pod does not answer through the API server"));
    healthy.thenAcceptBoth(version, (well, what) -> answered(key, new Served(name, well, what)));
  }

  private static Observed<String> version(Answer answer) {
    if (answer.refused() && answer.isStatus()) {
      return Observed.forbidden("may not get pods/proxy", SteadyClock.now());
    }
    String version = answer.json().path("version").asText("");
    return answer.ok() && !version.isEmpty()
        ? Observed.known(version, SteadyClock.now())
        : unknown("buildinfo answered %d without a version".formatted(answer.code()));
  }

  private static Observed<String> unknown(String reason) {
    return Observed.unknown(reason, SteadyClock.now());
  }

  private void answered(String key, Served served) {
    synchronized (this) {
      if (asked.containsKey(key)) {
        answers.put(key, served);
      }
    }
    changed.run();
  }

  synchronized List<Served> answers() {
    return List.copyOf(answers.values());
  }
}
