package dev.lockkeeper.kubernetes.watch;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.facts.CoderContainer;
import dev.lockkeeper.kubernetes.facts.PodFacts;
import dev.lockkeeper.snapshot.Masked;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PodLog;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the last lines of pods that are not Ready: of the present container again and again, of the
 * one before it once. Used from one thread; answers arrive on others.
 */
final class PodLogs {
  private static final int MOST_PODS = 3;
  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 2000;
  private static final int MOST_BYTES = 512 * 1024;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration PERIOD = Duration.ofMillis(1_500);

  private final ApiServer api;
  private final Resource pods;
  private final Runnable changed;

  /** When each run of a container was asked for last. */
  private final Map<String, Instant> asked = new HashMap<>();

  /** By the pod's uid: a container that was started again keeps its old lines until it has new. */
  private final Map<String, PodLog> answers = new LinkedHashMap<>();

  PodLogs(ApiServer api, String namespace, Runnable changed) {
    this.api = api;
    this.pods = Resource.core(namespace, "pods");
    this.changed = changed;
  }

  /** Reads what is due of the first few of these, and forgets all others. */
  synchronized void read(List<Pod> unready) {
    List<Pod> few = unready.stream().limit(MOST_PODS).toList();
    asked.keySet().retainAll(few.stream().map(PodLogs::run).toList());
    answers.keySet().retainAll(few.stream().map(PodLogs::uid).toList());
    Instant now = SteadyClock.now();
    for (Pod pod : few) {
      Instant before = asked.get(run(pod));
      if (before == null || !now.isBefore(before.plus(PERIOD))) {
        asked.put(run(pod), now);
        ask(pod, before == null);
      }
    }
  }

  synchronized List<PodLog> answers() {
    return List.copyOf(answers.values());
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  private static int restarts(Pod pod) {
    return PodFacts.restarts(pod);
  }

  /** One run of the container. */
  private static String run(Pod pod) {
    return uid(pod) + "/" + restarts(pod);
  }

  private void ask(Pod pod, boolean first) {
    CompletableFuture<Observed<List<String>>> previous =
        first && restarts(pod) > 0
            ? lines(pod, true)
            : CompletableFuture.completedFuture(Observed.known(List.of(), SteadyClock.now()));
    lines(pod, false)
        .thenAcceptBoth(
            previous,
            (now, before) -> {
              answered(pod, now, before, first);
              changed.run();
            });
  }

  private synchronized void answered(
      Pod pod, Observed<List<String>> tail, Observed<List<String>> previous, boolean first) {
    if (!asked.containsKey(run(pod))) {
      return;
    }
    Observed<List<String>> before =
        Optional.ofNullable(answers.get(uid(pod)))
            .filter(log -> !first && log.restarts() == restarts(pod))
            .map(PodLog::previous)
            .orElse(previous);
    answers.put(uid(pod), new PodLog(pod.getMetadata().getName(), restarts(pod), tail, before));
  }

  private CompletableFuture<Observed<List<String>>> lines(Pod pod, boolean previous) {
    Map<String, String> query = new HashMap<>();
    query.put("tailLines", Integer.toString(MOST_LINES));
    query.put("limitBytes", Integer.toString(MOST_BYTES));
    query.put("previous", Boolean.toString(previous));
    CoderContainer.atWork(pod).ifPresent(container -> query.put("container", container));
    return api.text(pods.query(pod.getMetadata().getName(), "log", query), LIMIT)
        .thenApply(PodLogs::observed)
        .exceptionally(failure -> unknown("the log was not sent in time"));
  }

  private static Observed<List<String>> observed(Answer answer) {
    if (answer.refused()) {
      return Observed.forbidden("may not get pods/log: ask for get on pods/log", SteadyClock.now());
    }
    return answer.ok()
        ? Observed.known(bounded(answer.body()), SteadyClock.now())
        : unknown("no log: " + (answer.message().isEmpty() ? answer.code() : answer.message()));
  }

  private static List<String> bounded(String text) {
    List<String> lines =
        Masked.of(text).lines().stream()
            .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line)
            .toList();
    return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
  }

  private static Observed<List<String>> unknown(String reason) {
    return Observed.unknown(reason, SteadyClock.now());
  }
}
