package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Pods by version, and what could change their number. */
final class RolloutReading {
  private RolloutReading() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    if (snapshot.cluster().value().isEmpty()) {
      return List.of("unknown: " + snapshot.cluster().reason());
    }
    Cluster cluster = snapshot.cluster().value().get();
    List<String> lines = new ArrayList<>();
    cluster
        .deployment()
        .ifPresent(
            seen ->
                lines.add(
                    "deployment/%s wants %d, has %d Ready"
                        .formatted(seen.name(), seen.replicas(), seen.status().readyReplicas())));
    Map<String, List<Pod>> byVersion =
        cluster.pods().stream()
            .collect(
                Collectors.groupingBy(RolloutReading::version, TreeMap::new, Collectors.toList()));
    byVersion.forEach(
        (version, pods) ->
            lines.add(
                "%s: %s, %d Ready, %d Terminating"
                    .formatted(
                        version,
                        Durations.count(pods.size(), "pod"),
                        pods.stream().filter(Pod::ready).count(),
                        pods.stream().filter(Pod::terminating).count())));
    if (cluster.pods().isEmpty()) {
      lines.add("no pod");
    }
    return lines;
  }

  static List<String> scalers(Snapshot snapshot, Knowledge knowledge) {
    Observed<List<Scaler>> scalers =
        snapshot
            .cluster()
            .value()
            .map(Cluster::scalers)
            .orElse(Observed.unknown(snapshot.cluster().reason(), snapshot.now()));
    if (scalers.value().isEmpty()) {
      return List.of("unknown: " + scalers.reason());
    }
    List<String> lines =
        scalers.value().get().stream()
            .map(scaler -> scaler.kind() + " " + scaler.name() + ": " + scaler.evidence())
            .toList();
    return lines.isEmpty() ? List.of("no HPA, KEDA, Argo CD or Flux acts on it") : lines;
  }

  private static String version(Pod pod) {
    return CoderVersion.ofImage(pod.image()).map(Object::toString).orElse(pod.image());
  }
}
