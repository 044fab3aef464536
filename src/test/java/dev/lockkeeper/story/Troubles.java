package dev.lockkeeper.story;

import dev.lockkeeper.snapshot.Amount;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.ServerLoad;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can go wrong while the new pod migrates. */
public final class Troubles {
  private static final String PROBE = "{\"failureThreshold\":3,\"periodSeconds\":10}";

  private Troubles() {}

  /** The new pod migrates, and the server writes what it does. */
  public static UpgradeWorld writing(Instant now) {
    UpgradeWorld world = UpgradeWorld.migrating(now);
    ServerLoad.Growth before = new ServerLoad.Growth(9_000_000_000L, 14_000_000_000L);
    ServerLoad.Growth after = new ServerLoad.Growth(9_412_000_000L, 14_180_000_000L);
    return new UpgradeWorld(
        world.cluster(),
        Altered.of(world.database(), "growth", after.since(before, Duration.ofSeconds(10))));
  }

  /** The liveness probe has killed the pod, whose session goes on without it. */
  public static UpgradeWorld probeKills(Instant now) {
    UpgradeWorld world = orphaned(now);
    Cluster cluster = world.cluster();
    Cluster probed =
        Altered.of(
            cluster,
            "deployment",
            cluster
                .deployment()
                .map(seen -> Altered.of(seen, "livenessProbe", Optional.of(PROBE))));
    ClusterEvent unhealthy =
        new ClusterEvent(
            "e1",
            "Normal",
            "Killing",
            "Pod",
            cluster.pods().get(0).name(),
            "Container coder failed liveness probe, will be restarted",
            6,
            now.minusSeconds(74));
    return new UpgradeWorld(Altered.of(probed, "events", List.of(unhealthy)), world.database());
  }

  /** The pod was killed and started again, and waits behind its own old session. */
  public static UpgradeWorld orphaned(Instant now) {
    UpgradeWorld world = UpgradeWorld.migrating(now);
    Pod killed = world.cluster().pods().get(0);
    killed = Altered.of(killed, "restarts", 2);
    killed = Altered.of(killed, "startedAt", Optional.of(now.minusSeconds(11)));
    killed =
        Altered.of(
            killed, "last", Optional.of(new Pod.Termination(137, "Error", now.minusSeconds(12))));
    Backend waits = Sessions.waiting(Sessions.from(4790, "10.42.0.41"));
    List<Backend> backends = List.of(world.database().backends().get(0), waits);
    Database database = Altered.of(world.database(), "backends", backends);
    return new UpgradeWorld(
        Altered.of(world.cluster(), "pods", List.of(killed)),
        Altered.of(database, "migrationLock", new MigrationLock(Optional.of(4733), List.of(4790))));
  }

  /** The kernel kills the pod that migrates: its limit of 512Mi is too low. */
  public static UpgradeWorld outOfMemory(Instant now) {
    UpgradeWorld world = failed(now);
    Pod.Termination killed = new Pod.Termination(137, "OOMKilled", now.minusSeconds(20));
    Pod pod = Altered.of(world.cluster().pods().get(0), "last", Optional.of(killed));
    Cluster cluster = Altered.of(world.cluster(), "pods", List.of(pod));
    return new UpgradeWorld(
        limited(Altered.of(cluster, "logs", List.of()), "512Mi", 512L << 20), world.database());
  }

  /** The same cluster, where the coderd container has this memory limit. */
  public static Cluster limited(Cluster cluster, String text, long bytes) {
    Map<String, Amount> own =
        Map.of(PodTemplate.MEMORY_LIMIT, new Amount(BigDecimal.valueOf(bytes), text));
    return Altered.of(
        cluster, "deployment", cluster.deployment().map(seen -> Altered.of(seen, "own", own)));
  }

  /** The migration failed with an error, and the pod crashes at it. */
  public static UpgradeWorld failed(Instant now) {
    UpgradeWorld world = orphaned(now);
    Pod pod = world.cluster().pods().get(0);
    pod = Altered.of(pod, "startedAt", Optional.empty());
    pod = Altered.of(pod, "container.waiting", "CrashLoopBackOff");
    pod =
        Altered.of(pod, "last", Optional.of(new Pod.Termination(1, "Error", now.minusSeconds(20))));
    List<String> lines =
        List.of(
            "Started HTTP listener at http://0.0.0.0:8080",
            "error: connect to postgres: connect to postgres: migrate up: up: 2 errors occurred:",
            "\t* run statement: migration failed: column \"scopes\" of relation \"api_keys\""
                + " already exists in line 0: ALTER TABLE",
            "\t* commit tx on unlock: pq: Could not complete operation in a failed transaction");
    PodLog log =
        new PodLog(pod.name(), 2, Observed.known(lines, now), Observed.known(List.of(), now));
    Cluster cluster = Altered.of(world.cluster(), "pods", List.of(pod));
    Database database =
        Altered.of(world.database(), "schema", SchemaTable.read("public", 362, false));
    database = Altered.of(database, "backends", List.of());
    return new UpgradeWorld(
        Altered.of(cluster, "logs", List.of(log)),
        Altered.of(database, "migrationLock", MigrationLock.free()));
  }
}
