package dev.lockkeeper.view;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.snapshot.DatabaseRights;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.PodWords;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.ServerLoad;
import dev.lockkeeper.snapshot.Surroundings;
import dev.lockkeeper.snapshot.Upkeep;
import dev.lockkeeper.snapshot.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Clusters and databases as they look on good and on bad days. */
public final class Samples {
  public static final Instant NOW = Instant.parse("2026-03-04T02:12:41Z");

  private static final String OLD = "coder-75d5c8d9f-";
  private static final String NEW = "coder-6b8f9c7d4-";
  private static final String HOSTILE =
      "\u001b]0;owned\u0007\u202eevil\u202c\u001b[2J"
          + "\u0301".repeat(50)
          + "\ud83d\ude00 \u65e5\u672c";

  private Samples() {}

  /** Read this many seconds before {@link #NOW}. */
  public static <T> Observed<T> read(T value, int secondsAgo) {
    return Observed.known(value, NOW.minusSeconds(secondsAgo));
  }

  /** Three pods of v2.26.6, all Ready. */
  public static Cluster healthyCluster() {
    return cluster(
        3,
        "v2.26.6",
        List.of(
            pod(OLD + "x2k4p", "10.42.0.17", "v2.26.6", 11_520, true),
            pod(OLD + "p8w2d", "10.42.1.9", "v2.26.6", 11_520, true),
            pod(OLD + "q4m7z", "10.42.2.31", "v2.26.6", 11_400, true)),
        List.of());
  }

  /** An upgrade to v2.29.3 that does not get on: the old pods stay, the new one is not Ready. */
  public static Cluster stuckCluster() {
    Pod crashing =
        new Pod(
            new Pod.Metadata(
                NEW + "t9c3h", "u4", "coder-6b8f9c7d4", NOW.minusSeconds(190), Optional.empty()),
            "Running",
            Optional.of("10.42.1.44"),
            "node-2",
            new Pod.ContainerStatus(
                "ghcr.io/coder/coder:v2.29.3",
                false,
                4,
                Optional.empty(),
                "CrashLoopBackOff",
                Optional.of(new Pod.Termination(1, "Error", NOW.minusSeconds(22)))),
            PodWords.none(),
            Pod.Place.ALONE);
    Pod terminating =
        new Pod(
            new Pod.Metadata(
                OLD + "q4m7z",
                "u5",
                "coder-75d5c8d9f",
                NOW.minusSeconds(11_400),
                Optional.of(NOW.plusSeconds(22))),
            "Running",
            Optional.of("10.42.2.31"),
            "node-3",
            new Pod.ContainerStatus(
                "ghcr.io/coder/coder:v2.26.6",
                true,
                0,
                Optional.of(NOW.minusSeconds(11_390)),
                "",
                Optional.empty()),
            PodWords.none(),
            Pod.Place.ALONE);
    return cluster(
        3,
        "v2.29.3",
        List.of(
            pod(OLD + "x2k4p", "10.42.0.17", "v2.26.6", 11_520, true),
            pod(NEW + "9fq7c", "10.42.0.23", "v2.29.3", 194, false),
            crashing,
            terminating),
        List.of(
            event("Warning", "Unhealthy", NEW + "9fq7c", PROBE, 17, 4),
            event(
                "Warning", "BackOff", NEW + "t9c3h", "Back-off restarting failed container", 6, 9),
            event("Normal", "Killing", OLD + "q4m7z", "Stopping container coder", 1, 38),
            event("Normal", "Pulled", NEW + "9fq7c", "Container image already present", 1, 193)));
  }

  private static final String PROBE =
      "Readiness probe failed: Get \"http://10.42.0.23:8080/healthz\": context deadline exceeded"
          + " (Client.Timeout exceeded while awaiting headers)";

  /** Names and messages that try to get out of their cells. */
  public static Cluster hostileCluster() {
    return cluster(
        1,
        "v2.26.6",
        List.of(pod(HOSTILE, "10.42.0.17", "v2.26.6" + HOSTILE, 100, true)),
        List.of(
            event(
                "Warning", "Evil" + HOSTILE, HOSTILE, HOSTILE + "\nsecond\r\nthird\tline", 2, 3)));
  }

  /** Nobody waits. */
  public static Database healthyDatabase() {
    List<Backend> backends = new ArrayList<>();
    for (int i = 0; i < 31; i++) {
      String address = List.of("10.42.0.17", "10.42.1.9", "10.42.2.31").get(i % 3);
      backends.add(session(4700 + i, address, "idle", 3 + i, Optional.empty()));
    }
    backends.add(server(4690, "autovacuum worker"));
    return database(backends, List.of(), List.of(), MigrationLock.free(), List.of());
  }

  /** A session that idles in its transaction holds up the migrator, and with it everybody. */
  public static Database blockedDatabase() {
    List<Backend> backends =
        List.of(
            idleInTransaction(4711, "10.42.2.31", 192),
            session(4733, "10.42.0.23", "active", 190, Optional.of("relation")),
            session(4740, "10.42.0.17", "active", 171, Optional.of("relation")),
            session(4741, "10.42.0.17", "active", 168, Optional.of("relation")),
            session(4742, "10.42.0.17", "active", 150, Optional.of("relation")),
            session(4750, "10.42.1.44", "active", 22, Optional.of("advisory")),
            session(4701, "10.42.0.17", "idle", 4, Optional.empty()));
    List<Lock> locks =
        List.of(
            lock(4711, "api_keys", "AccessShareLock", true),
            lock(4711, "users", "AccessShareLock", true),
            lock(4733, "api_keys", "AccessExclusiveLock", false),
            lock(4733, "schema_migrations", "AccessExclusiveLock", true),
            migrationLock(4733, true),
            migrationLock(4750, false),
            lock(4740, "api_keys", "AccessShareLock", false),
            lock(4741, "api_keys", "AccessShareLock", false),
            lock(4742, "api_keys", "AccessShareLock", false));
    List<Wait> waits =
        List.of(
            new Wait(4733, List.of(4711)),
            new Wait(4740, List.of(4733)),
            new Wait(4741, List.of(4733)),
            new Wait(4742, List.of(4733)),
            new Wait(4750, List.of(4733)));
    return database(
        backends, locks, waits, new MigrationLock(Optional.of(4733), List.of(4750)), List.of());
  }

  /** A prepared transaction holds a lock, and our role may see little. */
  public static Database hiddenDatabase() {
    List<Backend> backends =
        List.of(
            hidden(5001),
            hidden(5002),
            session(5003, "10.42.0.23", "active", 61, Optional.of("relation")));
    List<Lock> locks =
        List.of(
            new Lock(
                Optional.empty(),
                "relation",
                Optional.of("workspaces"),
                "",
                "RowExclusiveLock",
                true,
                Optional.empty()),
            lock(5003, "workspaces", "AccessExclusiveLock", false));
    return database(
        backends,
        locks,
        List.of(new Wait(5003, List.of(Database.preparedPlace(0)))),
        new MigrationLock(Optional.of(5003), List.of()),
        List.of(
            new Database.PreparedTransaction(
                "backup_2026_03_03",
                "etl",
                Duration.ofHours(30),
                "2026-03-01 20:00:00.123456+00")));
  }

  /** Roles and transactions whose names try to get out of their cells. */
  public static Database hostileDatabase() {
    Backend evil =
        new Backend(
            new Backend.SessionId(4711, "2026-03-04 02:00:00.000001+00"),
            new Backend.Client(
                HOSTILE, HOSTILE, Optional.empty(), Optional.of("client backend"), false),
            Optional.empty(),
            new Backend.Activity(
                Optional.of("idle in transaction"),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(Duration.ofSeconds(9)),
                Optional.of(Duration.ofSeconds(9)),
                HOSTILE,
                Backend.Pulse.UNKNOWN),
            false);
    Lock held = lock(4711, HOSTILE, "AccessShareLock", true);
    Lock wanted = lock(4712, HOSTILE, "AccessExclusiveLock", false);
    return database(
        List.of(evil, session(4712, "10.42.0.17", "active", 8, Optional.of("relation"))),
        List.of(held, wanted),
        List.of(new Wait(4712, List.of(4711))),
        MigrationLock.free(),
        List.of(
            new Database.PreparedTransaction(
                HOSTILE, HOSTILE, Duration.ofDays(400), "2026-03-01 20:00:00.123456+00")));
  }

  /** A database with these sessions and locks, and nothing else of interest. */
  public static Database database(
      List<Backend> backends,
      List<Lock> locks,
      List<Wait> waits,
      MigrationLock migrationLock,
      List<Database.PreparedTransaction> prepared) {
    return new Database(
        new DatabaseIdentity(
            "pg-1", 5432, "coder", "lockkeeper", "7301", "2026-02-01 00:00:00.0+00", 170011, false),
        new DatabaseRights(true, true, false),
        new Database.Locking(backends, locks, waits, prepared, Database.Unlisted.NOTHING),
        migrationLock,
        SchemaTable.read("public", 362, false),
        new Database.CoderFacts(
            new Database.CoderRoles(Set.of("coder"), Set.of()),
            Observed.unknown("not read", NOW),
            new Database.Usage(
                Observed.unknown("not read", NOW),
                Observed.unknown("not read", NOW),
                Observed.unknown("not read", NOW)),
            Observed.unknown("not read", NOW)),
        Observed.unknown("not read", NOW),
        new ServerLoad(
            new ServerLoad.Growth(0, 0),
            Observed.unknown("not read", NOW),
            Observed.unknown("not read", NOW),
            Observed.known(new Upkeep(List.of(), List.of()), NOW),
            Duration.ofMillis(12)));
  }

  static Backend session(
      int pid, String address, String state, int seconds, Optional<String> waitsFor) {
    return new Backend(
        new Backend.SessionId(pid, "2026-03-04 02:00:00.000001+00"),
        new Backend.Client("coder", "", Optional.of(address), Optional.of("client backend"), false),
        Optional.empty(),
        new Backend.Activity(
            Optional.of(state),
            waitsFor.map(lock -> "Lock"),
            waitsFor,
            false,
            Optional.of(Duration.ofSeconds(seconds)),
            Optional.of(Duration.ofSeconds(seconds)),
            "SELECT 1",
            Backend.Pulse.UNKNOWN),
        false);
  }

  private static Backend idleInTransaction(int pid, String address, int seconds) {
    return new Backend(
        new Backend.SessionId(pid, "2026-03-04 02:00:00.000001+00"),
        new Backend.Client("coder", "", Optional.of(address), Optional.of("client backend"), false),
        Optional.empty(),
        new Backend.Activity(
            Optional.of("idle in transaction"),
            Optional.of("Client"),
            Optional.of("ClientRead"),
            true,
            Optional.of(Duration.ofSeconds(seconds)),
            Optional.of(Duration.ofSeconds(seconds)),
            "SELECT * FROM api_keys",
            Backend.Pulse.UNKNOWN),
        false);
  }

  private static Backend hidden(int pid) {
    return new Backend(
        new Backend.SessionId(pid, ""),
        new Backend.Client("etl", "", Optional.empty(), Optional.empty(), false),
        Optional.empty(),
        Backend.Activity.UNKNOWN,
        true);
  }

  private static Backend server(int pid, String type) {
    return new Backend(
        new Backend.SessionId(pid, ""),
        new Backend.Client("", "", Optional.empty(), Optional.of(type), false),
        Optional.empty(),
        Backend.Activity.UNKNOWN,
        false);
  }

  static Lock lock(int pid, String relation, String mode, boolean granted) {
    return new Lock(
        Optional.of(pid), "relation", Optional.of(relation), "", mode, granted, Optional.empty());
  }

  private static Lock migrationLock(int pid, boolean granted) {
    return new Lock(
        Optional.of(pid),
        "advisory",
        Optional.empty(),
        String.valueOf(MigrationLock.KEY),
        "ExclusiveLock",
        granted,
        Optional.empty());
  }

  private static Pod pod(String name, String ip, String version, int seconds, boolean ready) {
    return new Pod(
        new Pod.Metadata(
            name, "u-" + name, "coder-75d5c8d9f", NOW.minusSeconds(seconds), Optional.empty()),
        "Running",
        Optional.of(ip),
        "node-1",
        new Pod.ContainerStatus(
            "ghcr.io/coder/coder:" + version,
            ready,
            0,
            Optional.of(NOW.minusSeconds(seconds - 5)),
            "",
            Optional.empty()),
        PodWords.none(),
        Pod.Place.ALONE);
  }

  private static ClusterEvent event(
      String type, String reason, String pod, String message, int count, int secondsAgo) {
    return new ClusterEvent(
        "e-" + reason, type, reason, "Pod", pod, message, count, NOW.minusSeconds(secondsAgo));
  }

  private static Cluster cluster(
      int replicas, String version, List<Pod> pods, List<ClusterEvent> events) {
    Deployment deployment =
        new Deployment(
            new Deployment.Metadata(
                "coder", "d1", 7, Optional.of("coder-2.26.6"), Map.of(), Map.of(), List.of()),
            replicas,
            Deployment.Rollout.USUAL,
            new Deployment.Container(
                "coder",
                "ghcr.io/coder/coder:" + version,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            PodTemplate.plain(60),
            new Deployment.Status(7, pods.size(), pods.size(), pods.size(), List.of()));
    return new Cluster(
        new ClusterIdentity("prod-eu", "https://10.0.0.1:6443", "coder", "n1"),
        new Cluster.Workload(
            Optional.of(deployment), List.of(), pods, List.of(), events, List.of(), List.of()),
        Observed.unknown("not read", NOW),
        Optional.empty(),
        Observed.notYet(NOW),
        new Cluster.HelmObjects(Observed.notYet(NOW), Observed.notYet(NOW), Observed.notYet(NOW)),
        Surroundings.notYet(NOW));
  }
}
