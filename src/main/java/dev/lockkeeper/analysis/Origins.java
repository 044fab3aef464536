package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Sightings;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the sessions of one look come from. There may be thousands of them, so what is true of all
 * is worked out once.
 *
 * @param cluster the pods, if they were read just now
 * @param database the sessions, if they were read just now
 * @param sightings what was seen over time
 * @param whose whose each session is
 * @param now the moment up to which ages count
 * @param silent the pods, by uid, that run and have no session from an address of their own
 */
public record Origins(
    Optional<Cluster> cluster,
    Optional<Database> database,
    Sightings sightings,
    Whose whose,
    Instant now,
    Set<String> silent) {
  static Origins of(Snapshot snapshot) {
    return snapshot.concluded(
        Origins.class, () -> of(snapshot, snapshot.freshCluster(), snapshot.freshDatabase()));
  }

  public static Origins of(
      Snapshot snapshot, Optional<Cluster> cluster, Optional<Database> database) {
    Set<String> addresses =
        database.stream()
            .flatMap(seen -> seen.backends().stream())
            .flatMap(backend -> backend.address().stream())
            .collect(Collectors.toSet());
    Set<String> silent =
        cluster.stream()
            .flatMap(seen -> seen.pods().stream())
            .filter(pod -> pod.startedAt().isPresent())
            .filter(pod -> pod.addresses().stream().noneMatch(addresses::contains))
            .map(pod -> pod.uid())
            .collect(Collectors.toSet());
    Whose whose = Whose.of(snapshot, cluster, database);
    return new Origins(cluster, database, snapshot.sightings(), whose, snapshot.now(), silent);
  }

  public Origin of(Backend backend) {
    return new Tracing(this, backend).origin();
  }

  /**
   * Whether nobody goes on with a session's migration: its client has ended, or there is no pod and
   * it waits for a client of which nothing is known.
   */
  boolean abandoned(Backend backend) {
    Origin origin = of(backend);
    boolean waits =
        backend.waitsForClient()
            && backend
                .activity()
                .pulse()
                .statementAge()
                .filter(age -> age.compareTo(Snapshot.FRESH) > 0)
                .isPresent();
    boolean noPod = cluster.filter(seen -> seen.pods().isEmpty()).isPresent();
    return origin.gone() || (origin.kind() == Origin.Kind.UNTOLD && waits && noPod);
  }

  /** The rows of Coder's {@code replicas}, as far as they are known. */
  List<Database.ReplicaRow> replicas() {
    return database.flatMap(seen -> seen.replicas().value()).orElse(List.of());
  }
}
