package dev.lockkeeper.story;

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
import dev.lockkeeper.snapshot.Node;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.PodWords;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Served;
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
import java.util.stream.Stream;

/**
 * What is seen at each moment of an upgrade from v2.26.6 (schema 362) to v2.29.3 (schema 401) with
 * three replicas.
 *
 * @param cluster what the Kubernetes API shows
 * @param database what PostgreSQL shows
 */
public record UpgradeWorld(Cluster cluster, Database database) {
  public static final String OLD = "v2.26.6";
  public static final String NEW = "v2.29.3";

  private static final String ALTER =
      "ALTER TABLE api_keys ADD COLUMN scopes api_key_scope[] NOT NULL DEFAULT '{all}'";
  private static final List<String> OLD_PODS = List.of("x2k4p", "p8w2d", "q4m7z");
  private static final List<String> NEW_PODS = List.of("9fq7c", "t9c3h", "m2v8s");

  /** A good day: three old pods, their sessions idle. */
  public static UpgradeWorld running(Instant now) {
    return new UpgradeWorld(cluster(now, 3, OLD, oldPods(now, 3), List.of()), resting(now, 3, 362));
  }

  /** Somebody left a transaction open, and a migration that was tried now waits behind it. */
  public static UpgradeWorld contended(Instant now) {
    List<Pod> pods = new ArrayList<>(oldPods(now, 3));
    pods.add(newPod(now, 0, 194, false));
    List<Backend> sessions = new ArrayList<>(sessions(3, OLD_PODS.size()));
    sessions.add(session(4711, address(2), "idle in transaction", 192, "SELECT * FROM api_keys"));
    sessions.addAll(migrators("relation", 190));
    sessions.add(waiting(4740, address(0), 171, "UPDATE api_keys SET last_used = $1"));
    sessions.add(waiting(4741, address(0), 168, "UPDATE api_keys SET last_used = $1"));
    sessions.add(waiting(4742, address(1), 150, "SELECT id FROM api_keys WHERE id = $1"));
    List<Lock> locks =
        List.of(
            lock(4711, "api_keys", "AccessShareLock", true),
            lock(4733, "api_keys", "AccessExclusiveLock", false),
            lock(4740, "api_keys", "RowExclusiveLock", false),
            lock(4741, "api_keys", "RowExclusiveLock", false),
            lock(4742, "api_keys", "AccessShareLock", false));
    List<Wait> waits =
        List.of(
            new Wait(4733, List.of(4711)),
            new Wait(4740, List.of(4733)),
            new Wait(4741, List.of(4733)),
            new Wait(4742, List.of(4733)));
    List<ClusterEvent> events =
        List.of(
            event(now, "Warning", "Unhealthy", newName(0), PROBE, 17, 4),
            event(now, "Normal", "Pulled", newName(0), "Container image already present", 1, 193));
    return new UpgradeWorld(
        cluster(now, 3, OLD, pods, events),
        database(
            now,
            sessions,
            locks,
            waits,
            new MigrationLock(Optional.of(4733), List.of()),
            SchemaTable.locked("public", Optional.of(4733)),
            List.of()));
  }

  /** Scaled to zero, and two pods have not stopped yet. */
  public static UpgradeWorld draining(Instant now) {
    List<Pod> pods = oldPods(now, 2).stream().map(pod -> stopping(pod, now, 12)).toList();
    List<ClusterEvent> events =
        List.of(
            event(now, "Normal", "Killing", oldName(0), "Stopping container coder", 1, 12),
            event(now, "Normal", "Killing", oldName(1), "Stopping container coder", 1, 12));
    return new UpgradeWorld(cluster(now, 0, OLD, pods, events), resting(now, 2, 362));
  }

  /** Nothing is left. */
  public static UpgradeWorld drained(Instant now) {
    return new UpgradeWorld(cluster(now, 0, OLD, List.of(), List.of()), resting(now, 0, 362));
  }

  /** Nothing runs, and the deployment names the new version. */
  public static UpgradeWorld renamed(Instant now) {
    return new UpgradeWorld(cluster(now, 0, NEW, List.of(), List.of()), resting(now, 0, 362));
  }

  /** One new pod migrates. */
  public static UpgradeWorld migrating(Instant now) {
    return migrating(now, migrators("", 130), List.of(), List.of());
  }

  /** One new pod wants to migrate, and somebody's open transaction is in its way. */
  public static UpgradeWorld blocked(Instant now) {
    List<Backend> sessions = new ArrayList<>(migrators("relation", 470));
    sessions.add(
        new Backend(
            new Backend.SessionId(5102, "2026-03-04 20:55:10.201133+00"),
            new Backend.Client(
                "reporting",
                "metabase",
                Optional.of("10.0.8.14"),
                Optional.of("client backend"),
                false),
            Optional.empty(),
            new Backend.Activity(
                Optional.of("idle in transaction"),
                Optional.of("Client"),
                Optional.of("ClientRead"),
                false,
                Optional.of(Duration.ofSeconds(2_832)),
                Optional.of(Duration.ofSeconds(2_790)),
                "SELECT count(*) FROM api_keys",
                Backend.Pulse.UNKNOWN),
            false));
    List<Lock> locks =
        List.of(
            lock(5102, "api_keys", "AccessShareLock", true),
            lock(4733, "api_keys", "AccessExclusiveLock", false));
    return migrating(now, sessions, locks, List.of(new Wait(4733, List.of(5102))));
  }

  private static UpgradeWorld migrating(
      Instant now, List<Backend> sessions, List<Lock> locks, List<Wait> waits) {
    List<Pod> pods = List.of(newPod(now, 0, 138, false));
    List<ClusterEvent> events =
        List.of(event(now, "Normal", "Started", newName(0), "Started container coder", 1, 136));
    return new UpgradeWorld(
        cluster(now, 1, NEW, pods, events),
        database(
            now,
            sessions,
            locks,
            waits,
            new MigrationLock(Optional.of(4733), List.of()),
            SchemaTable.locked("public", Optional.of(4733)),
            List.of()));
  }

  /** Committed, and so many new pods serve. */
  public static UpgradeWorld upgraded(Instant now, int pods) {
    List<Pod> fresh = new ArrayList<>();
    for (int i = 0; i < pods; i++) {
      fresh.add(newPod(now, i, 420 - 100 * i, true));
    }
    List<Database.ReplicaRow> rows =
        fresh.stream()
            .map(pod -> new Database.ReplicaRow(pod.name(), NEW, true, Duration.ofSeconds(3)))
            .toList();
    return new UpgradeWorld(
        cluster(now, pods, NEW, fresh, List.of()),
        database(
            now,
            sessions(pods, 0),
            List.of(),
            List.of(),
            MigrationLock.free(),
            SchemaTable.read("public", 401, false),
            rows));
  }

  private static final String PROBE =
      "Readiness probe failed: Get \"http://10.42.0.41:8080/healthz\": dial tcp 10.42.0.41:8080:"
          + " connect: connection refused";

  private static List<Pod> oldPods(Instant now, int count) {
    List<Pod> pods = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pods.add(pod(now, oldName(i), address(i), OLD, 11_520, true));
    }
    return pods;
  }

  private static Pod newPod(Instant now, int index, int seconds, boolean ready) {
    return pod(now, newName(index), newAddress(index), NEW, seconds, ready);
  }

  private static String oldName(int index) {
    return "coder-75d5c8d9f-" + OLD_PODS.get(index);
  }

  private static String newName(int index) {
    return "coder-6b8f9c7d4-" + NEW_PODS.get(index);
  }

  private static String address(int index) {
    return "10.42.0.1" + index;
  }

  private static String newAddress(int index) {
    return "10.42.0.4" + (index + 1);
  }

  private static Pod pod(
      Instant now, String name, String address, String version, int seconds, boolean ready) {
    return new Pod(
        new Pod.Metadata(
            name,
            "uid-" + name,
            name.substring(0, name.lastIndexOf('-')),
            now.minusSeconds(seconds),
            Optional.empty()),
        "Running",
        Optional.of(address),
        "node-1",
        new Pod.ContainerStatus(
            "ghcr.io/coder/coder:" + version,
            ready,
            0,
            Optional.of(now.minusSeconds(seconds - 4)),
            "",
            Optional.empty()),
        PodWords.none(),
        Pod.Place.ALONE);
  }

  private static Pod stopping(Pod pod, Instant now, int seconds) {
    return Altered.of(pod, "deletedAt", Optional.of(now.minusSeconds(seconds)));
  }

  /** Ten idle sessions for each pod, from old or new addresses. */
  private static List<Backend> sessions(int pods, int old) {
    List<Backend> sessions = new ArrayList<>();
    for (int i = 0; i < pods * 10; i++) {
      String address = old > 0 ? address(i % pods) : newAddress(i % pods);
      sessions.add(session(4800 + i, address, "idle", 2 + i, "SELECT 1"));
    }
    return sessions;
  }

  /** The new pod's migrating session; it waits for a lock when {@code event} is not empty. */
  private static List<Backend> migrators(String event, int seconds) {
    Backend free = session(4733, newAddress(0), "active", seconds, ALTER);
    return List.of(event.isEmpty() ? free : waiting(4733, newAddress(0), seconds, ALTER));
  }

  private static Backend waiting(int pid, String address, int seconds, String query) {
    return backend(pid, address, "active", seconds, query, Optional.of("relation"));
  }

  private static Backend session(int pid, String address, String state, int seconds, String query) {
    return backend(pid, address, state, seconds, query, Optional.empty());
  }

  private static Backend backend(
      int pid,
      String address,
      String state,
      int seconds,
      String query,
      Optional<String> waitEvent) {
    boolean open = !state.equals("idle");
    return new Backend(
        new Backend.SessionId(pid, "2026-03-04 18:00:00.000001+00"),
        new Backend.Client("coder", "", Optional.of(address), Optional.of("client backend"), false),
        Optional.empty(),
        new Backend.Activity(
            Optional.of(state),
            waitEvent.map(event -> "Lock"),
            waitEvent,
            false,
            open ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty(),
            Optional.of(Duration.ofSeconds(seconds)),
            query,
            Backend.Pulse.UNKNOWN),
        false);
  }

  private static Lock lock(int pid, String relation, String mode, boolean granted) {
    return new Lock(
        Optional.of(pid), "relation", Optional.of(relation), "", mode, granted, Optional.empty());
  }

  private static ClusterEvent event(
      Instant now,
      String type,
      String reason,
      String pod,
      String message,
      int count,
      int secondsAgo) {
    return new ClusterEvent(
        reason + pod, type, reason, "Pod", pod, message, count, now.minusSeconds(secondsAgo));
  }

  private static Cluster cluster(
      Instant now, int wanted, String version, List<Pod> pods, List<ClusterEvent> events) {
    int ready = (int) pods.stream().filter(pod -> pod.ready() && !pod.terminating()).count();
    Deployment deployment =
        new Deployment(
            new Deployment.Metadata(
                "coder",
                "uid-deployment",
                version.equals(OLD) ? 7 : 8,
                Optional.of("coder-2.26.6"),
                Map.of("app.kubernetes.io/instance", "coder"),
                Map.of(),
                List.of()),
            wanted,
            Deployment.Rollout.USUAL,
            new Deployment.Container(
                "coder",
                "ghcr.io/coder/coder:" + version,
                Optional.empty(),
                Optional.of("{}"),
                Optional.empty()),
            PodTemplate.plain(60),
            new Deployment.Status(8, pods.size(), pods.size(), ready, List.of()));
    List<Served> served =
        pods.stream()
            .filter(Pod::ready)
            .map(pod -> new Served(pod.name(), true, Observed.known(version + "+8f3b2", now)))
            .toList();
    return new Cluster(
        new ClusterIdentity("prod-eu", "https://10.0.0.1:6443", "coder", "uid-namespace"),
        new Cluster.Workload(
            Optional.of(deployment), List.of(), pods, List.of(), events, served, List.of()),
        Observed.known(List.of(), now),
        Optional.of(Duration.ZERO),
        Observed.known(lease(now), now),
        new Cluster.HelmObjects(
            Observed.known(List.of(), now), Observed.notYet(now), Observed.notYet(now)),
        plenty(now));
  }

  /** No quota, one large node, and nobody who evicts. */
  private static Surroundings plenty(Instant now) {
    Node node = new Node("node-1", true, false, List.of(), Map.of(), Map.of());
    return new Surroundings(
        Observed.known(List.of(node), now),
        Observed.known(List.of(), now),
        Observed.known(List.of(), now),
        Observed.known(List.of(), now),
        Observed.known(List.of(), now),
        Observed.known(List.of(mayRunHelm(now)), now));
  }

  private static Right mayRunHelm(Instant now) {
    return new Right(
        Right.Use.RUN_HELM,
        List.of("create", "update", "delete"),
        "",
        "secrets",
        "",
        Observed.known(List.of(), now));
  }

  /** We act here, and nobody else. */
  private static OperatorLease lease(Instant now) {
    String me = "ops@bastion a1b2";
    return new OperatorLease(
        "lockkeeper-coder",
        me,
        Optional.of(
            new OperatorLease.Holder(me, now.minusSeconds(60), Duration.ofSeconds(2), false)));
  }

  /** A few people and agents, and so many builds. */
  public static Database.Usage usage(Instant now, long running, long pending) {
    return new Database.Usage(
        Observed.known(new Database.Builds(running, pending), now),
        Observed.known(14L, now),
        Observed.known(37L, now));
  }

  private static Database resting(Instant now, int pods, long schema) {
    return database(
        now,
        sessions(pods, pods),
        List.of(),
        List.of(),
        MigrationLock.free(),
        SchemaTable.read("public", schema, false),
        List.of());
  }

  private static Database database(
      Instant now,
      List<Backend> backends,
      List<Lock> locks,
      List<Wait> waits,
      MigrationLock lock,
      SchemaTable schema,
      List<Database.ReplicaRow> replicas) {
    return new Database(
        new DatabaseIdentity(
            "pg-1.db.internal",
            5432,
            "coder",
            "coder",
            "7301",
            "2026-02-01 00:00:00.000001+00",
            170011,
            false),
        new DatabaseRights(true, true, false),
        new Database.Locking(backends, locks, waits, List.of(), Database.Unlisted.NOTHING),
        lock,
        schema,
        new Database.CoderFacts(
            new Database.CoderRoles(Set.of("coder"), Set.of()),
            Observed.known(replicas, now),
            usage(now, 0, 0),
            Observed.known(new Database.ApiKeys(1_204_113, 1_190_020, false), now)),
        Observed.known(roles(), now),
        load(now, backends.size()));
  }

  private static ServerLoad load(Instant now, int sessions) {
    return new ServerLoad(
        new ServerLoad.Growth(0, 0),
        Observed.known(
            List.of(
                new ServerLoad.TableSize("workspace_agent_stats", 41_250_000, 9_663_676_416L),
                new ServerLoad.TableSize("audit_logs", 6_120_000, 4_080_218_931L),
                new ServerLoad.TableSize("api_keys", 1_204_000, 402_653_184L),
                new ServerLoad.TableSize("workspaces", 9_400, 12_582_912L)),
            now),
        Observed.known(new ServerLoad.Slots(100, 3, sessions + 4, -1, sessions, -1), now),
        Observed.known(new Upkeep(List.of(), List.of()), now),
        Duration.ofMillis(12));
  }

  /** Nothing is set, and all that is coderd's belongs to its role. */
  private static RoleFacts roles() {
    return new RoleFacts(
        Optional.of("coder"),
        List.of(),
        Set.of(),
        Stream.of("api_keys", "audit_logs", "users", "workspace_agent_stats", "workspaces")
            .map(table -> new RoleFacts.OwnedObject("table", table, "coder"))
            .toList(),
        List.of(new RoleFacts.Standing("coder", false, true, Set.of("coder"))),
        new RoleFacts.LockRoom(64, 100, 480));
  }
}
