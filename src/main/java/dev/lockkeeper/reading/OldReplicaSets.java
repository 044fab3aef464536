package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.Sessions;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Generations of pods beside the newest, and what each still holds in the database (C27). */
final class OldReplicaSets {
  private OldReplicaSets() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.cluster().value();
    if (cluster.isEmpty()) {
      return List.of("unknown: " + snapshot.cluster().reason());
    }
    Optional<Sessions> sessions =
        snapshot.database().value().map(database -> Sessions.of(snapshot, database));
    List<String> lines = new ArrayList<>();
    List<ReplicaSet> sets = cluster.get().replicaSets();
    for (int i = 0; i < sets.size(); i++) {
      List<Pod> pods = pods(cluster.get(), sets.get(i));
      boolean newest = i == 0;
      if (newest || sets.get(i).replicas() > 0 || !pods.isEmpty()) {
        lines.add((newest ? "newest  " : "OLD     ") + line(sets.get(i), pods, sessions));
      }
    }
    if (lines.size() <= 1) {
      lines.add("no old ReplicaSet wants or has a pod");
    }
    if (sessions.isEmpty()) {
      lines.add("sessions unknown: " + snapshot.database().reason());
    }
    long waiting = snapshot.database().value().map(Database::waits).map(List::size).orElse(0);
    lines.add(Durations.count(waiting, "session") + " waiting for a lock");
    return lines;
  }

  private static List<Pod> pods(Cluster cluster, ReplicaSet set) {
    return cluster.pods().stream()
        .filter(pod -> pod.metadata().replicaSet().equals(set.name()))
        .toList();
  }

  private static String line(ReplicaSet set, List<Pod> pods, Optional<Sessions> sessions) {
    String version = CoderVersion.ofImage(set.image()).map(Object::toString).orElse(set.image());
    long leaving = pods.stream().filter(Pod::terminating).count();
    return "%s %s: wants %d, has %s%s%s"
        .formatted(
            set.name(),
            version,
            set.replicas(),
            Durations.count(pods.size(), "pod"),
            leaving == 0 ? "" : " (%d Terminating)".formatted(leaving),
            sessions.map(all -> ", " + held(all, pods)).orElse(""));
  }

  private static String held(Sessions all, List<Pod> pods) {
    List<Backend> held =
        pods.stream().flatMap(pod -> all.byPod().getOrDefault(pod, List.of()).stream()).toList();
    long idle = held.stream().filter(Backend::idleInTransaction).count();
    return Durations.count(held.size(), "session")
        + (idle == 0 ? "" : ", %d idle in transaction".formatted(idle));
  }
}
