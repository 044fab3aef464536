package dev.lockkeeper.kubernetes.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiException;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.facts.CoderContainer;
import dev.lockkeeper.kubernetes.facts.ObjectText;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Observed;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads once what the next acts take away: objects, and the end of the log of every container and
 * of its run before. One request after the other, on the thread of whoever asks; bounded in time.
 */
public final class EvidenceReader {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration ALL = Duration.ofSeconds(45);
  private static final int MOST_PODS = 40;
  private static final int MOST_BYTES = 1 << 20;

  private final ApiServer api;
  private final ApiErrors words;
  private final String namespace;
  private final Consumer<Inspected> sink;
  private final Instant end = SteadyClock.now().plus(ALL);

  /**
   * @param sink takes each thing that was read, or why it was not
   */
  public EvidenceReader(ApiServer api, String namespace, Consumer<Inspected> sink) {
    this.api = api;
    this.words = new ApiErrors(api.server());
    this.namespace = namespace;
    this.sink = sink;
  }

  /**
   * Reads the Deployment, its ReplicaSets and its Pods.
   *
   * @param progress takes what is being read
   * @return how many Pods there was no room for
   */
  public int read(Cluster seen, Consumer<String> progress) {
    List<dev.lockkeeper.snapshot.Pod> pods =
        Stream.concat(
                seen.pods().stream().filter(pod -> !pod.ready()),
                seen.pods().stream().filter(dev.lockkeeper.snapshot.Pod::ready))
            .toList();
    for (dev.lockkeeper.snapshot.Pod pod : pods.subList(0, Math.min(MOST_PODS, pods.size()))) {
      progress.accept("reading pod " + pod.name());
      pod(Inspection.object(Inspection.Kind.POD, pod.name(), pod.uid()));
    }
    progress.accept("reading deployment and ReplicaSets");
    seen.deployment()
        .map(one -> Inspection.object(Inspection.Kind.DEPLOYMENT, one.name(), one.uid()))
        .ifPresent(this::object);
    seen.replicaSets().stream()
        .limit(MOST_PODS)
        .map(one -> Inspection.object(Inspection.Kind.REPLICA_SET, one.name(), one.uid()))
        .forEach(this::object);
    return Math.max(0, pods.size() - MOST_PODS);
  }

  private void pod(Inspection asked) {
    Optional<JsonNode> found = object(asked);
    if (found.isPresent()) {
      try {
        logs(asked, Json.read(found.get(), Pod.class));
      } catch (ApiException e) {
        tell(asked, unknown(e.getMessage()));
      }
    }
  }

  /** Reads an object and tells of it; empty where it could not be read. */
  private Optional<JsonNode> object(Inspection asked) {
    Resource resource =
        switch (asked.kind()) {
          case LOG, POD -> Resource.core(namespace, "pods");
          case REPLICA_SET -> Resource.apps(namespace, "replicasets");
          case DEPLOYMENT -> Resource.apps(namespace, "deployments");
        };
    // Of ReplicaSets only lists are read: nobody needs another right to look at one.
    String path =
        asked.kind() == Inspection.Kind.REPLICA_SET
            ? resource.query(Map.of("fieldSelector", "metadata.name=" + asked.name()))
            : resource.path(asked.name());
    Asked got = ask(() -> api.get(path, LIMIT));
    if (got.answer().isEmpty()) {
      tell(asked, unknown(got.why()));
      return Optional.empty();
    }
    Answer answer = got.answer().get();
    JsonNode whole = answer.json();
    JsonNode object = answer.isList() ? whole.path("items").path(0) : whole;
    if (!answer.ok() && answer.code() != 404) {
      tell(asked, refused(answer, words.refusal(answer, "get", resource)));
    } else if (!answer.ok() || !object.at("/metadata/uid").asText().equals(asked.uid())) {
      tell(asked, unknown("it is gone"));
    } else {
      tell(asked, Observed.known(ObjectText.withoutValues(object), SteadyClock.now()));
      return Optional.of(object);
    }
    return Optional.empty();
  }

  private void logs(Inspection pod, Pod read) {
    Set<String> restarted =
        Optional.ofNullable(read.getStatus()).stream()
            .flatMap(EvidenceReader::statuses)
            .filter(each -> each.getRestartCount() != null && each.getRestartCount() > 0)
            .map(ContainerStatus::getName)
            .collect(Collectors.toSet());
    Inspection log = Inspection.log(pod.name(), pod.uid());
    for (String container : CoderContainer.names(read)) {
      log(log.of(container));
      if (restarted.contains(container)) {
        log(log.of(container).before(true));
      }
    }
  }

  private static Stream<ContainerStatus> statuses(PodStatus status) {
    return Stream.concat(
        status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
  }

  private void log(Inspection asked) {
    Map<String, String> query = new TreeMap<>();
    query.put("container", asked.container());
    query.put("previous", Boolean.toString(asked.previous()));
    // One more than is kept tells that there are more.
    query.put("tailLines", Integer.toString(LogTail.MOST_LINES + 1));
    query.put("limitBytes", Integer.toString(MOST_BYTES));
    String path = Resource.core(namespace, "pods").query(asked.name(), "log", query);
    Asked got = ask(() -> api.text(path, LIMIT));
    if (got.answer().isEmpty()) {
      tell(asked, unknown(got.why()));
      return;
    }
    Answer answer = got.answer().get();
    if (!answer.ok()) {
      tell(
          asked,
          refused(
              answer,
              answer.refused()
                  ? "pods/log: forbidden: ask for get on pods/log"
                  : "no log: " + (answer.message().isEmpty() ? answer.code() : answer.message())));
      return;
    }
    LogTail tail = new LogTail();
    answer.body().lines().forEach(tail::add);
    if (answer.body().length() >= MOST_BYTES) {
      tail.add("(cut here: its last lines are longer than may be read at once)");
    }
    LogTail.Kept kept = tail.kept();
    Observed<List<String>> lines = Observed.known(kept.lines(), SteadyClock.now());
    sink.accept(new Inspected(asked, lines, List.of(), asked.container(), kept.omitted(), true));
  }

  /** What came of a request: an answer, or why there is none. */
  private record Asked(Optional<Answer> answer, String why) {}

  private Asked ask(java.util.function.Supplier<CompletableFuture<Answer>> request) {
    if (SteadyClock.now().isAfter(end)) {
      return new Asked(
          Optional.empty(), "the %d s for all of it were over".formatted(ALL.toSeconds()));
    }
    try {
      return new Asked(Optional.of(request.get().get()), "");
    } catch (ExecutionException e) {
      return new Asked(Optional.empty(), words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Asked(Optional.empty(), "it was given up");
    }
  }

  private void tell(Inspection asked, Observed<List<String>> lines) {
    sink.accept(new Inspected(asked, lines, List.of(), asked.container(), 0, true));
  }

  private static Observed<List<String>> refused(Answer answer, String why) {
    return answer.refused() ? Observed.forbidden(why, SteadyClock.now()) : unknown(why);
  }

  private static Observed<List<String>> unknown(String why) {
    return Observed.unknown(why, SteadyClock.now());
  }
}
