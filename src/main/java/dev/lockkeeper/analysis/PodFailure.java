package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * What went wrong in a pod by its own words.
 *
 * @param pod the pod, which is not Ready
 * @param failure its last words about it
 * @param before whether the container before the present one said it
 */
public record PodFailure(Pod pod, LogFailure failure, boolean before) {
  /** The failures of all pods that are not Ready, newest pod first. */
  public static List<PodFailure> of(Cluster cluster) {
    return cluster.workload().logs().stream()
        .flatMap(
            log ->
                cluster.pods().stream()
                    .filter(pod -> pod.name().equals(log.pod()) && !pod.ready())
                    .flatMap(pod -> of(pod, log).stream()))
        .toList();
  }

  private static Optional<PodFailure> of(Pod pod, PodLog log) {
    Optional<LogFailure> now = log.tail().value().flatMap(LogFailure::last);
    return now.map(failure -> new PodFailure(pod, failure, false))
        .or(
            () ->
                log.previous()
                    .value()
                    .filter(lines -> log.tail().value().filter(LogFailure::over).isEmpty())
                    .flatMap(LogFailure::last)
                    .map(failure -> new PodFailure(pod, failure, true)));
  }

  /** The pod's own words, with its name. */
  public String evidence() {
    return "log of %s%s: %s"
        .formatted(pod.name(), before ? ", before its restart" : "", failure.text());
  }

  /** A pod that has a session got over its troubles. */
  public static boolean connected(Snapshot snapshot, Pod failed) {
    return failed.startedAt().isPresent()
        && snapshot.freshDatabase().stream()
            .flatMap(seen -> seen.backends().stream())
            .map(Backend::address)
            .anyMatch(address -> address.isPresent() && address.equals(failed.ip()));
  }
}
