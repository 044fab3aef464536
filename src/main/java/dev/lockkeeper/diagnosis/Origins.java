package dev.lockkeeper.diagnosis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the sessions of one look come from. There may be thousands of them, so what is true of all
 * is worked out once.
 *
 * @param cluster the pods, if they were read just now
 * @param addressesTell whether sessions show their pods' addresses at all
 * @param now the moment up to which ages count
 */
record Origins(Optional<Cluster> cluster, boolean addressesTell, Instant now) {
  static Origins of(Snapshot snapshot) {
    return of(snapshot.freshCluster(), snapshot.freshDatabase(), snapshot.now());
  }

  static Origins of(Optional<Cluster> cluster, Optional<Database> database, Instant now) {
    boolean tell = cluster.filter(seen -> addressesTell(seen, database)).isPresent();
    return new Origins(cluster, tell, now);
  }

  /**
   * Behind a pooler no session has a pod's address, and then an address that no pod has means
   * nothing.
   */
  private static boolean addressesTell(Cluster cluster, Optional<Database> database) {
    boolean nobodyRuns = cluster.pods().stream().allMatch(pod -> pod.startedAt().isEmpty());
    Set<String> ofPods =
        cluster.pods().stream().map(Pod::ip).flatMap(Optional::stream).collect(Collectors.toSet());
    return nobodyRuns
        || database.stream()
            .flatMap(seen -> seen.backends().stream())
            .flatMap(backend -> backend.address().stream())
            .anyMatch(ofPods::contains);
  }

  Origin of(Backend backend) {
    return Origin.of(backend, this);
  }
}
