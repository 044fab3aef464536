package dev.lockkeeper.diagnosis;

import static dev.lockkeeper.diagnosis.Finding.Kind.BLIND;
import static dev.lockkeeper.diagnosis.Finding.Kind.CLOCK_SKEW;
import static dev.lockkeeper.diagnosis.Finding.Kind.DATABASE_OUT_OF_REACH;
import static dev.lockkeeper.diagnosis.Finding.Kind.DIRTY;
import static dev.lockkeeper.diagnosis.Finding.Kind.IMAGE_OLDER_THAN_SCHEMA;
import static dev.lockkeeper.diagnosis.Finding.Kind.IMAGE_PULL_FAILS;
import static dev.lockkeeper.diagnosis.Finding.Kind.INVALID_INDEX;
import static dev.lockkeeper.diagnosis.Finding.Kind.KNOWN_TROUBLE;
import static dev.lockkeeper.diagnosis.Finding.Kind.LONG_MIGRATION;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATION_FAILED;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATION_INTERRUPTED;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATION_LACKS_RIGHTS;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATION_LACKS_ROOM;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATION_WORKS;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATOR_HELD_UP;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATOR_UNSEEN;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATOR_WILL_END;
import static dev.lockkeeper.diagnosis.Finding.Kind.MISSING_MIGRATIONS;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIXED_VERSIONS;
import static dev.lockkeeper.diagnosis.Finding.Kind.NOBODY_MIGRATES;
import static dev.lockkeeper.diagnosis.Finding.Kind.NO_SCHEMA;
import static dev.lockkeeper.diagnosis.Finding.Kind.OLD_REPLICA_BLOCKS;
import static dev.lockkeeper.diagnosis.Finding.Kind.ORPHAN_BACKEND;
import static dev.lockkeeper.diagnosis.Finding.Kind.OTHER_SESSION_BLOCKS;
import static dev.lockkeeper.diagnosis.Finding.Kind.OUT_OF_MEMORY;
import static dev.lockkeeper.diagnosis.Finding.Kind.PREPARED_TRANSACTION_BLOCKS;
import static dev.lockkeeper.diagnosis.Finding.Kind.PROBE_KILLS_MIGRATOR;
import static dev.lockkeeper.diagnosis.Finding.Kind.QUEUED_MIGRATOR;
import static dev.lockkeeper.diagnosis.Finding.Kind.READ_ONLY_DATABASE;
import static dev.lockkeeper.diagnosis.Finding.Kind.SCALED_BACK;
import static dev.lockkeeper.diagnosis.Finding.Kind.SETTING_ENDS_MIGRATION;
import static dev.lockkeeper.diagnosis.Finding.Kind.SILENT_MIGRATOR;
import static dev.lockkeeper.diagnosis.Finding.Kind.TWO_SCHEMAS;
import static dev.lockkeeper.diagnosis.Finding.Kind.UNKNOWN_SCHEMA;
import static dev.lockkeeper.diagnosis.Finding.Kind.UNPINNED_IMAGE;
import static dev.lockkeeper.diagnosis.Finding.Kind.V1_CHART;
import static dev.lockkeeper.diagnosis.Finding.Kind.V1_DATABASE;
import static dev.lockkeeper.diagnosis.Finding.Kind.WRONG_DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.analysis.LivenessProbe;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.PostgresSetting;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.ServerLoad;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.Upkeep;
import dev.lockkeeper.snapshot.Wait;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.CoderV1Scene;
import dev.lockkeeper.story.RecoveryWorld;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.view.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is found, what is not, and that nobody is accused on facts that are not there. */
class DiagnosisTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final String NEW_POD = "coder-6b8f9c7d4-9fq7c";
  private static final String NEW_IP = "10.42.0.41";
  private static final String PROBE =
      "{\"failureThreshold\":3,\"httpGet\":{\"path\":\"/healthz\"},\"periodSeconds\":10}";

  /**
   * A scene in which something is found, and what is said of it.
   *
   * @param when the scene
   * @param kind what must be found
   * @param urgency how urgent that is
   * @param says words that must be in it
   */
  record Found(String when, Scenery seen, Kind kind, Urgency urgency, String... says) {}

  /** A scene like one of the others in which it is not found. */
  record Absent(String when, Scenery seen, Kind kind) {}

  private static Scenery running() {
    return Scenery.of(UpgradeWorld::running);
  }

  private static Scenery migrating() {
    return Scenery.of(UpgradeWorld::migrating);
  }

  private static Scenery blocked() {
    return Scenery.of(UpgradeWorld::blocked);
  }

  private static Scenery contended() {
    return Scenery.of(UpgradeWorld::contended);
  }

  /** The new pod, not Ready, with this changed. */
  private static Pod pod(String component, Object value) {
    Pod pod = UpgradeWorld.migrating(Scenery.NOW).cluster().pods().get(0);
    return Altered.of(pod, component, value);
  }

  private static Pod ended(int code, String reason) {
    return Altered.of(
        pod("last", Optional.of(new Pod.Termination(code, reason, Scenery.NOW.minusSeconds(40)))),
        "restarts",
        2);
  }

  private static ClusterEvent event(String reason, String message) {
    return new ClusterEvent(
        "e", "Warning", reason, "Pod", NEW_POD, message, 3, Scenery.NOW.minusSeconds(45));
  }

  /** Nobody migrates, and the new pod's log ends so. */
  private static Scenery logging(String... lines) {
    return idle().cluster("logs", List.of(log(List.of(lines), List.of())));
  }

  /** The new pod is there, and nobody migrates. */
  private static Scenery idle() {
    return migrating()
        .database("migrationLock", MigrationLock.free())
        .database("backends", List.of())
        .database("schema", SchemaTable.read("public", 362, false));
  }

  private static PodLog log(List<String> tail, List<String> previous) {
    return new PodLog(
        NEW_POD, 1, Observed.known(tail, Scenery.NOW), Observed.known(previous, Scenery.NOW));
  }

  private static Scenery migrator(Backend session) {
    return migrating().database("backends", List.of(session));
  }

  private static Backend working(int seconds) {
    return Altered.of(
        Altered.of(Sessions.from(4733, NEW_IP), "state", Optional.of("active")),
        "transactionAge",
        Optional.of(Duration.ofSeconds(seconds)));
  }

  /** The holder's container was seen to end, and the next one queues behind it. */
  private static Scenery orphaned() {
    return Scenery.of(Troubles::orphaned).before(UpgradeWorld::migrating);
  }

  /** The holder is at no pod's address, and the new pod queues behind it. */
  private static Scenery nowhere() {
    return migrating()
        .database(
            "backends",
            List.of(
                Altered.of(
                    Altered.of(working(500), "address", Optional.of("10.42.9.9")),
                    "stateAge",
                    Optional.of(Duration.ofSeconds(61))),
                Sessions.waiting(Sessions.from(4740, NEW_IP))))
        .database("migrationLock", new MigrationLock(Optional.of(4733), List.of(4740)));
  }

  /** The same, and it waits in its transaction for a client that says nothing. */
  private static Scenery silent(int seconds) {
    Optional<Duration> since = Optional.of(Duration.ofSeconds(seconds));
    Backend holder = Altered.of(working(seconds), "address", Optional.of("10.42.9.9"));
    holder = Altered.of(holder, "state", Optional.of("idle in transaction"));
    holder = Altered.of(holder, "stateAge", since);
    holder = Altered.of(holder, "waitEventType", Optional.of("Client"));
    holder = Altered.of(holder, "waitEvent", Optional.of("ClientRead"));
    holder = Altered.of(holder, "pulse", new Backend.Pulse(since, Optional.of("1"), since));
    return nowhere()
        .database("backends", List.of(holder, Sessions.waiting(Sessions.from(4740, NEW_IP))));
  }

  /** The kubelet has stopped a pod that is there no more. */
  private static ClusterEvent stopped(int secondsAgo) {
    return new ClusterEvent(
        "k",
        "Normal",
        "Killing",
        "Pod",
        "coder-6b8f9c7d4-zzzzz",
        "Stopping container coder",
        1,
        Scenery.NOW.minusSeconds(secondsAgo));
  }

  /** An old replica holds the table in its transaction. */
  private static UpgradeWorld held(Instant now) {
    UpgradeWorld world = UpgradeWorld.blocked(now);
    List<Pod> pods = new ArrayList<>(world.cluster().pods());
    pods.add(UpgradeWorld.running(now).cluster().podsByAddress().get("10.42.0.10"));
    List<Backend> sessions =
        List.of(
            Sessions.waiting(working(100)),
            RecoveryWorld.in("idle in transaction", Sessions.from(5102, "10.42.0.10")));
    return new UpgradeWorld(
        Altered.of(world.cluster(), "pods", pods),
        Altered.of(world.database(), "backends", sessions));
  }

  /** The same after the end of its container. */
  private static UpgradeWorld left(Instant now) {
    UpgradeWorld world = held(now);
    Pod.Termination end = new Pod.Termination(137, "Error", now.minusSeconds(20));
    List<Pod> pods =
        world.cluster().pods().stream()
            .map(
                pod ->
                    pod.ready()
                        ? Altered.of(
                            Altered.of(pod, "startedAt", Optional.empty()),
                            "last",
                            Optional.of(end))
                        : pod)
            .toList();
    return new UpgradeWorld(Altered.of(world.cluster(), "pods", pods), world.database());
  }

  private static Scenery growing(long wal) {
    ServerLoad.Growth growth =
        new ServerLoad.Growth(1_000, 1_000).since(new ServerLoad.Growth(1_000 - wal, 1_000), TEN);
    return migrating().database("growth", growth);
  }

  private static final Duration TEN = Duration.ofSeconds(10);

  static List<Found> found() {
    List<Found> rows = new ArrayList<>();
    rows.addAll(blockers());
    rows.addAll(migrators());
    rows.addAll(logs());
    rows.addAll(clusters());
    rows.addAll(failures());
    rows.addAll(RowsOfPods.found());
    rows.addAll(hindrances());
    return rows;
  }

  private static List<Found> blockers() {
    return List.of(
        new Found(
            "an old replica's session holds the table",
            contended(),
            OLD_REPLICA_BLOCKS,
            Urgency.ACT,
            "pid 4711 (coder-75d5c8d9f-q4m7z, v2.26.6) blocks the migration: idle in transaction"
                + " for 3m12s, holds api_keys",
            "its end frees the migrator from this lock; 3 more later",
            "End this one session."),
        new Found(
            "a tool's session holds the table",
            blocked(),
            OTHER_SESSION_BLOCKS,
            Urgency.ACT,
            "pid 5102 (reporting by metabase at 10.0.8.14)",
            "its end frees the migrator from this lock",
            "Ask its owner"),
        new Found(
            "a backup holds the table",
            blocked()
                .database(
                    "backends",
                    List.of(working(9), Altered.of(Sessions.of(5102, "pg_dump"), "query", ""))),
            OTHER_SESSION_BLOCKS,
            Urgency.ACT,
            "must not be ended: it is a backup",
            "Let it end"),
        new Found(
            "a prepared transaction holds the table",
            blocked()
                .database("waits", List.of(new Wait(4733, List.of(Database.preparedPlace(0)))))
                .database(
                    "prepared",
                    List.of(
                        new Database.PreparedTransaction(
                            "tx-7", "etl", Duration.ofHours(30), "2026-03-01 20:00:00.123456+00"))),
            PREPARED_TRANSACTION_BLOCKS,
            Urgency.ACT,
            "tx-7",
            "30h00m"),
        new Found(
            "a dead client's session holds the table",
            Scenery.of(DiagnosisTest::left).before(DiagnosisTest::held),
            ORPHAN_BACKEND,
            Urgency.ACT,
            "blocks the migration, and its client has ended",
            "it was seen at the address of coder-75d5c8d9f-x2k4p, whose container ended",
            "End this one session"),
        new Found(
            "a client's session holds the table, and its end was not seen",
            Scenery.of(DiagnosisTest::left),
            ORPHAN_BACKEND,
            Urgency.ACT,
            "blocks the migration, and its client has most likely ended",
            "with that doubt"));
  }

  private static List<Found> migrators() {
    return List.of(
        new Found(
            "the holder's pod is gone",
            orphaned(),
            ORPHAN_BACKEND,
            Urgency.ACT,
            "pid 4733 holds the migration lock, and its client has ended",
            "1 session behind it",
            "or end this one session"),
        new Found(
            "the holder's container was started again",
            migrator(working(500))
                .cluster(
                    "pods",
                    List.of(
                        Altered.of(
                            ended(137, "Error"),
                            "startedAt",
                            Optional.of(Scenery.NOW.minusSeconds(30))))),
            ORPHAN_BACKEND,
            Urgency.ACT,
            "most likely ended",
            "it began before the container of " + NEW_POD),
        new Found(
            "the kubelet stopped a pod after the holder had begun",
            nowhere().cluster("events", List.of(stopped(400))),
            ORPHAN_BACKEND,
            Urgency.ACT,
            "its client has most likely ended",
            "the kubelet stopped coder-6b8f9c7d4-zzzzz"),
        new Found(
            "nothing tells of the holder's client",
            nowhere(),
            ORPHAN_BACKEND,
            Urgency.BEWARE,
            "whether its client is still there is not known",
            "no pod has its address 10.42.9.9, which proves nothing",
            "Ask who runs coderd or a migration elsewhere"),
        new Found(
            "nothing tells of the holder's client, which is silent for two minutes",
            silent(120),
            ORPHAN_BACKEND,
            Urgency.BEWARE,
            "whether its client is still there is not known"),
        new Found(
            "nothing tells of the holder's client, which is silent for six minutes",
            silent(360),
            ORPHAN_BACKEND,
            Urgency.ACT,
            "its client has most likely ended",
            "it has waited for its client for 6m00s",
            "with that doubt"),
        new Found(
            "a waiter's pod is gone",
            migrator(working(30))
                .cluster("events", List.of(stopped(20)))
                .database(
                    "backends",
                    List.of(
                        working(30),
                        Altered.of(
                            Sessions.from(4750, "10.42.9.8"),
                            "transactionAge",
                            Optional.of(Duration.ofSeconds(60)))))
                .database("migrationLock", new MigrationLock(Optional.of(4733), List.of(4750))),
            ORPHAN_BACKEND,
            Urgency.KNOW,
            "1 session whose client has most likely ended waits"),
        new Found(
            "a replica waits for its turn",
            migrating()
                .database("backends", List.of(working(30), Sessions.from(4750, NEW_IP)))
                .database("migrationLock", new MigrationLock(Optional.of(4733), List.of(4750))),
            QUEUED_MIGRATOR,
            Urgency.KNOW,
            "that is normal"),
        new Found(
            "one works and writes",
            growing(50_000_000),
            MIGRATION_WORKS,
            Urgency.WAIT,
            "The migration works, nothing blocks it now; it runs for 2m10s: do nothing",
            "it writes: the log grew by 48 MB",
            "4 to 7 minutes are normal"),
        new Found(
            "one works and writes nothing now",
            growing(100),
            MIGRATION_WORKS,
            Urgency.WAIT,
            "almost nothing was written in 10 s"),
        new Found(
            "one works longer than usual",
            migrator(working(500)),
            MIGRATION_WORKS,
            Urgency.WAIT,
            "longer than the usual"),
        new Found(
            "one works for too long",
            migrator(working(901)),
            LONG_MIGRATION,
            Urgency.ACT,
            "15m01s",
            "support"),
        new Found(
            "one says nothing",
            migrator(
                Altered.of(
                    Altered.of(working(100), "state", Optional.of("idle in transaction")),
                    "stateAge",
                    Optional.of(Duration.ofSeconds(61)))),
            SILENT_MIGRATOR,
            Urgency.BEWARE,
            "1m01s"));
  }

  private static List<Found> logs() {
    return List.of(
        new Found(
            "a migration failed",
            logging(
                "error: connect to postgres: connect to postgres: migrate up: up: 2 errors"
                    + " occurred:",
                "\t* run statement: migration failed: column \"x\" contains null values in line 0:"
                    + " ALTER TABLE secret_table",
                "  SET NOT NULL; (details: pq: column \"x\" contains null values)",
                "\t* commit tx on unlock: pq: Could not complete operation in a failed"
                    + " transaction"),
            MIGRATION_FAILED,
            Urgency.ACT,
            "rolled back: column \"x\" contains null values",
            "Go back to the previous image"),
        new Found(
            "a migration failed before the restart",
            migrating()
                .cluster(
                    "logs",
                    List.of(
                        log(
                            List.of("Started HTTP listener at http://0.0.0.0:8080"),
                            List.of(
                                "migration 371 (api_key_scopes): out of shared memory"
                                    + " (sqlstate=53200)")))),
            MIGRATION_LACKS_ROOM,
            Urgency.BEWARE,
            "out of shared memory (sqlstate=53200)",
            "before its restart",
            "max_locks_per_transaction = 64",
            "480 tables and indexes"),
        new Found(
            "the image does not know the number",
            logging(
                "error: connect to postgres: connect to postgres: migrate up: up: no migration"
                    + " found for version 421: read down for version 421 .: file does not exist"),
            IMAGE_OLDER_THAN_SCHEMA,
            Urgency.ACT,
            "no migration found for version 421"),
        new Found(
            "the image's number is lower than the database's",
            running().database("schema", SchemaTable.read("public", 401, false)),
            IMAGE_OLDER_THAN_SCHEMA,
            Urgency.ACT,
            "which is at 401",
            "that image brings the schema to 362",
            "Use v2.29.",
            "any of v2.29.0"),
        new Found(
            "the log says dirty and the table cannot be read",
            logging("up: Dirty database version 59. Fix and force version.")
                .database(
                    "schema",
                    SchemaTable.without(SchemaTable.State.UNREADABLE, Optional.empty(), "no")),
            DIRTY,
            Urgency.ACT,
            "dirty at 59"),
        new Found(
            "the table says dirty",
            running().database("schema", SchemaTable.read("public", 362, true)),
            DIRTY,
            Urgency.ACT,
            "dirty at 362",
            "v2.26.6 does not leave this behind"),
        new Found(
            "a v1 database",
            logging(
                "migrate setup: currently connected to a Coder v1 database, aborting database"
                    + " setup"),
            V1_DATABASE,
            Urgency.ACT,
            "migration_cursor"),
        new Found(
            "the table of Coder v1",
            running()
                .database(
                    "schema",
                    SchemaTable.without(SchemaTable.State.FOREIGN, Optional.empty(), "no table")
                        .beside(List.of(), Optional.of("public"))),
            V1_DATABASE,
            Urgency.ACT,
            "schema public has the table migration_cursor"),
        new Found(
            "a database without Coder's tables",
            running()
                .database(
                    "schema",
                    SchemaTable.without(
                        SchemaTable.State.FOREIGN, Optional.empty(), "none among its 12")),
            WRONG_DATABASE,
            Urgency.ACT,
            "coder is not Coder's database",
            "none of them is Coder's",
            "none among its 12"),
        new Found(
            "a number by the date",
            running().database("schema", SchemaTable.read("public", 20241016151312L, false)),
            WRONG_DATABASE,
            Urgency.ACT,
            "20241016151312 is no schema number"),
        new Found(
            "a coderd that meets a number by the date",
            logging("error: up: no migration found for version 20241016151312: read down"),
            WRONG_DATABASE,
            Urgency.ACT,
            "20241016151312 is no schema number"),
        new Found(
            "a number that is not known yet",
            running().database("schema", SchemaTable.read("public", 4711, false)),
            UNKNOWN_SCHEMA,
            Urgency.KNOW,
            "at 4711, beyond every release"),
        new Found(
            "an index that a failed build has left",
            running().database("upkeep", invalid(false)),
            INVALID_INDEX,
            Urgency.KNOW,
            "idx_keys of api_keys is not valid"),
        new Found(
            "a table without a row",
            running()
                .database(
                    "schema",
                    SchemaTable.without(
                        SchemaTable.State.EMPTY, Optional.of("public"), "it has no row")),
            NO_SCHEMA,
            Urgency.BEWARE,
            "public.schema_migrations has no row"),
        new Found(
            "an empty database",
            running()
                .database(
                    "schema",
                    SchemaTable.without(
                        SchemaTable.State.MISSING, Optional.empty(), "it has no table")),
            NO_SCHEMA,
            Urgency.BEWARE,
            "empty database"),
        new Found(
            "two schemas, of which the search path names one",
            running()
                .database(
                    "schema",
                    SchemaTable.read("public", 362, false)
                        .beside(List.of("staging"), Optional.empty())),
            TWO_SCHEMAS,
            Urgency.BEWARE,
            "public.schema_migrations is read, and there is staging.schema_migrations, too",
            "public.schema_migrations = 362"),
        new Found(
            "two schemas, and nothing says which",
            running()
                .database(
                    "schema",
                    SchemaTable.without(SchemaTable.State.AMBIGUOUS, Optional.empty(), "two")
                        .beside(List.of("blue", "green"), Optional.empty())),
            TWO_SCHEMAS,
            Urgency.BEWARE,
            "blue.schema_migrations, green.schema_migrations"),
        new Found(
            "a pod does not reach its database",
            logging("error: unable to connect after 9 tries; last error: dial tcp: i/o timeout"),
            DATABASE_OUT_OF_REACH,
            Urgency.ACT,
            "i/o timeout",
            "network policies"),
        new Found(
            "a password that was not escaped",
            logging("parse: invalid port after host"),
            DATABASE_OUT_OF_REACH,
            Urgency.ACT,
            "Escape special characters"),
        new Found(
            "a replica gave up waiting",
            logging("migrate up: up: timeout: can't acquire database lock"),
            QUEUED_MIGRATOR,
            Urgency.KNOW,
            "starts again by itself"));
  }

  /** The same line of log, and what else is seen: the cure differs. */
  private static List<Found> failures() {
    return List.of(
        new Found(
            "a statement takes longer than the role may",
            failing("canceling statement due to statement timeout")
                .database("roles", setting("statement_timeout", "2s", PostgresSetting.Place.ROLE)),
            SETTING_ENDS_MIGRATION,
            Urgency.ACT,
            "statement_timeout = 2s, set for the role coder",
            "Lift it (ALTER ROLE coder RESET)"),
        new Found(
            "the limit was lifted meanwhile",
            failing("canceling statement due to statement timeout"),
            SETTING_ENDS_MIGRATION,
            Urgency.ACT,
            "is set nowhere now"),
        new Found(
            "the words are of another language, and the limit is seen",
            failing("Anweisung abgebrochen (sqlstate=57014)")
                .database("roles", setting("statement_timeout", "2s", PostgresSetting.Place.URL)),
            SETTING_ENDS_MIGRATION,
            Urgency.ACT,
            "in Coder's own address",
            "Ask who cancelled it"),
        new Found(
            "a lock was waited for in vain",
            failing("canceling statement due to lock timeout")
                .database(
                    "roles", setting("lock_timeout", "1s", PostgresSetting.Place.ROLE_IN_DATABASE)),
            MIGRATION_INTERRUPTED,
            Urgency.ACT,
            "lock_timeout = 1s, set for the role coder in this database",
            "old replicas at zero"),
        new Found(
            "a lock was waited for in vain, the bound is still set, and the next attempt runs",
            migrating()
                .cluster(
                    "logs",
                    List.of(
                        log(
                            List.of(),
                            List.of(
                                "up: migration failed: canceling statement due to lock timeout"))))
                .database("roles", setting("lock_timeout", "1s", PostgresSetting.Place.ROLE)),
            MIGRATION_INTERRUPTED,
            Urgency.ACT,
            "lock_timeout = 1s"),
        new Found(
            "two got into each other's way",
            failing("deadlock detected"),
            MIGRATION_INTERRUPTED,
            Urgency.ACT,
            "Start again with the old replicas at zero"),
        new Found(
            "a lock was waited for in vain, and who held it is not seen",
            failing("canceling statement due to lock timeout"),
            MIGRATION_INTERRUPTED,
            Urgency.ACT,
            "Look which session locks the table while the next attempt waits"),
        new Found(
            "the connection was lost: nobody was met, and a COMMIT may have been kept",
            failing("driver: bad connection"),
            MIGRATION_INTERRUPTED,
            Urgency.ACT,
            "a COMMIT that was in progress may have been kept",
            "Find out what cut the connection"),
        new Found(
            "somebody ended it",
            failing("terminating connection due to administrator command"),
            MIGRATION_INTERRUPTED,
            Urgency.ACT,
            "Find out who or what ended it"),
        new Found(
            "a table is another role's",
            failing("must be owner of table workspaces").database("roles", owned("postgres")),
            MIGRATION_LACKS_RIGHTS,
            Urgency.ACT,
            "table workspaces belongs to postgres",
            "ALTER TABLE workspaces OWNER TO coder"),
        new Found(
            "a table was another role's",
            failing("must be owner of table workspaces"),
            MIGRATION_LACKS_RIGHTS,
            Urgency.ACT,
            "may alter it by now"),
        new Found(
            "the default is to read only",
            setup("pq: cannot execute CREATE TABLE in a read-only transaction")
                .database(
                    "roles",
                    setting("default_transaction_read_only", "on", PostgresSetting.Place.DATABASE)),
            READ_ONLY_DATABASE,
            Urgency.ACT,
            "The migration does not even begin",
            "default_transaction_read_only = on, set for this database"),
        new Found(
            "the server is a standby",
            setup("pq: cannot execute CREATE TABLE in a read-only transaction")
                .databaseIdentity("standby", true),
            READ_ONLY_DATABASE,
            Urgency.ACT,
            "is a standby",
            "point to the primary"),
        new Found(
            "words that nobody knows",
            failing("etwas ging schief"),
            MIGRATION_FAILED,
            Urgency.ACT,
            "These words do not tell why it failed"));
  }

  /** Sessions that keep a migration up, or are none. */
  private static List<Found> hindrances() {
    return List.of(
        new Found(
            "a tool took the lock and does nothing",
            lazy(Altered.of(Sessions.from(4733, "10.0.9.9"), "application", "psql")),
            NOBODY_MIGRATES,
            Urgency.BEWARE,
            "holds the migration lock and does not migrate",
            "pg_advisory_unlock(1037453835920848937)"),
        new Found(
            "somebody closed the table without the lock",
            migrator(working(130)).database("migrationLock", MigrationLock.free()),
            NOBODY_MIGRATES,
            Urgency.BEWARE,
            "keeps schema_migrations locked and does not migrate"),
        new Found(
            "the pod that migrates is Terminating",
            migrating()
                .cluster(
                    "pods", List.of(pod("deletedAt", Optional.of(Scenery.NOW.plusSeconds(42))))),
            MIGRATOR_WILL_END,
            Urgency.ACT,
            "is killed in 42 s, unless it commits before",
            "all of the work would be lost"),
        new Found(
            "a time-out applies to the statement",
            migrator(Altered.of(working(130), "stateAge", Optional.of(Duration.ofSeconds(60))))
                .database(
                    "roles", setting("statement_timeout", "90s", PostgresSetting.Place.DATABASE)),
            MIGRATOR_WILL_END,
            Urgency.BEWARE,
            "statement_timeout ends the migrator in 30 s"),
        new Found(
            "the commit waits for a standby",
            waiting("IPC", "SyncRep", "COMMIT"),
            MIGRATOR_HELD_UP,
            Urgency.ACT,
            "commit waits for a synchronous standby",
            "synchronous_standby_names"),
        new Found(
            "the client does not read, as far as one look tells",
            waiting("Client", "ClientWrite", "SELECT 1"),
            MIGRATOR_HELD_UP,
            Urgency.BEWARE,
            "it does not read"),
        new Found(
            "whoever migrates is hidden",
            migrator(Sessions.hidden(4733)),
            MIGRATOR_UNSEEN,
            Urgency.BEWARE,
            "whether it works is not known"));
  }

  private static Scenery waiting(String type, String event, String statement) {
    Backend session = Altered.of(working(130), "waitEventType", Optional.of(type));
    session = Altered.of(session, "waitEvent", Optional.of(event));
    return migrator(
        Altered.of(Altered.of(session, "query", statement), "stateAge", Optional.of(TEN)));
  }

  /** This session has the migration lock, and the table is open. */
  private static Scenery lazy(Backend session) {
    return migrator(Altered.of(session, "stateAge", Optional.of(TEN)))
        .database("schema", SchemaTable.read("public", 362, false));
  }

  private static Scenery failing(String message) {
    return logging(
        "error: migrate up: up: 2 errors occurred:",
        "\t* run statement: migration failed: " + message + " in line 0: ALTER TABLE secret_table");
  }

  private static Scenery setup(String message) {
    return logging(
        "error: migrate up: migrate setup: ensure version table: create table: " + message);
  }

  private static RoleFacts roles() {
    return UpgradeWorld.running(Scenery.NOW).database().roles().value().orElseThrow();
  }

  private static Observed<Upkeep> invalid(boolean building) {
    return Observed.known(
        new Upkeep(List.of(), List.of(new Upkeep.InvalidIndex("idx_keys", "api_keys", building))),
        Scenery.NOW);
  }

  private static Observed<RoleFacts> setting(
      String name, String value, PostgresSetting.Place place) {
    PostgresSetting set = new PostgresSetting(name, value, place, "", "", "ALTER ROLE coder RESET");
    PostgresSetting named =
        place == PostgresSetting.Place.ROLE || place == PostgresSetting.Place.ROLE_IN_DATABASE
            ? Altered.of(set, "role", "coder")
            : set;
    return Observed.known(Altered.of(roles(), "settings", List.of(named)), Scenery.NOW);
  }

  /** All of Coder's tables belong to this role. */
  private static Observed<RoleFacts> owned(String owner) {
    return Observed.known(
        Altered.of(
            roles(),
            "objects",
            roles().objects().stream().map(each -> Altered.of(each, "owner", owner)).toList()),
        Scenery.NOW);
  }

  private static List<Found> clusters() {
    Observed<List<Scaler>> hpa =
        Observed.known(
            List.of(new Scaler("HorizontalPodAutoscaler", "coder", "minReplicas 3")), Scenery.NOW);
    return List.of(
        new Found(
            "the probe may kill the pod that migrates",
            migrating().deployment("livenessProbe", Optional.of(PROBE)),
            PROBE_KILLS_MIGRATOR,
            Urgency.BEWARE,
            "may kill " + NEW_POD,
            "SIGTERM 30 s after its start",
            "SIGKILL 1m00s later",
            "initialDelaySeconds=3600"),
        new Found(
            "the probe has killed it",
            idle()
                .deployment("livenessProbe", Optional.of(PROBE))
                .cluster("pods", List.of(ended(137, "Error")))
                .cluster(
                    "events",
                    List.of(
                        event(
                            "Killing",
                            "Container coder failed liveness probe, will be restarted"))),
            PROBE_KILLS_MIGRATOR,
            Urgency.ACT,
            "again and again",
            "exit code 137 40 s ago after 2 restarts"),
        new Found(
            "it ran out of memory",
            idle().cluster("pods", List.of(ended(137, "OOMKilled"))),
            OUT_OF_MEMORY,
            Urgency.ACT,
            "OOMKilled 40 s ago"),
        new Found(
            "the image does not come",
            idle()
                .cluster("pods", List.of(pod("container.waiting", "ImagePullBackOff")))
                .cluster("events", List.of(event("Failed", "Failed to pull image: not found"))),
            IMAGE_PULL_FAILS,
            Urgency.ACT,
            "Failed to pull image: not found"),
        new Found(
            "an autoscaler while it is held down",
            migrating().cluster("scalers", hpa),
            SCALED_BACK,
            Urgency.BEWARE,
            "at any moment"),
        new Found(
            "an autoscaler",
            running().cluster("scalers", hpa),
            SCALED_BACK,
            Urgency.KNOW,
            "minReplicas 3"),
        new Found("two versions", contended(), MIXED_VERSIONS, Urgency.BEWARE, "v2.26.6, v2.29.3"),
        new Found(
            "latest",
            running().deployment("image", "ghcr.io/coder/coder:latest"),
            UNPINNED_IMAGE,
            Urgency.BEWARE,
            "names no version"),
        new Found(
            "a digest",
            running().deployment("image", "ghcr.io/coder/coder@sha256:0a"),
            UNPINNED_IMAGE,
            Urgency.KNOW,
            "by its digest"),
        new Found(
            "a chart of v1",
            running().deployment("chart", Optional.of("coder-1.44.3")),
            V1_CHART,
            Urgency.ACT,
            "https://helm.coder.com/v2"),
        new Found(
            "a v1 that is to stay one",
            CoderV1Scene.installed(),
            V1_CHART,
            Urgency.KNOW,
            "coder-service:1.43.1"),
        new Found(
            "a v1 that somebody wants to take to v2",
            CoderV1Scene.installed().recalls("target", "v2.29.3"),
            V1_CHART,
            Urgency.ACT,
            "https://helm.coder.com/v2"),
        new Found(
            "a chart of v1 with an image of v2",
            running()
                .deployment("chart", Optional.of("coder-1.44.3"))
                .deployment("image", "ghcr.io/coder/coder:v2.26.6"),
            V1_CHART,
            Urgency.ACT,
            "image ghcr.io/coder/coder:v2.26.6",
            "two charts of the same name"),
        new Found(
            "the number of v2.21.1",
            running().database("schema", SchemaTable.read("public", 316, false)),
            MISSING_MIGRATIONS,
            Urgency.ACT,
            "without 311, 314, 315"),
        new Found(
            "a bad hop",
            running().recalls(RunFacts.TARGET, "v2.27.3"),
            KNOWN_TROUBLE,
            Urgency.BEWARE,
            "371"),
        new Found(
            "hidden sessions",
            running().database("backends", List.of(Sessions.hidden(9))),
            BLIND,
            Urgency.KNOW,
            "1 session hidden from role coder"),
        new Found(
            "tables behind a closed door",
            running()
                .database(
                    "schema",
                    SchemaTable.without(
                        SchemaTable.State.UNREADABLE, Optional.empty(), "no new sessions"))
                .database(
                    "slots",
                    Observed.known(new ServerLoad.Slots(100, 3, 9, -1, 3, 0), Scenery.NOW)),
            BLIND,
            Urgency.KNOW,
            "the schema number: no new sessions",
            "Nothing: it is read again once the connection limit is back."),
        new Found(
            "logs that may not be read",
            running()
                .cluster(
                    "logs",
                    List.of(
                        new PodLog(
                            NEW_POD,
                            0,
                            Observed.forbidden("no right to the logs", Scenery.NOW),
                            Observed.known(List.of(), Scenery.NOW)))),
            BLIND,
            Urgency.KNOW,
            "no right to the logs"),
        new Found(
            "an autoscaler of which no answer came",
            running().cluster("scalers", Observed.unknown("no answer", Scenery.NOW)),
            BLIND,
            Urgency.KNOW,
            "no answer"),
        new Found(
            "clocks that disagree",
            running().cluster("skew", Optional.of(Duration.ofSeconds(-95))),
            CLOCK_SKEW,
            Urgency.KNOW,
            "1m35s behind"));
  }

  static List<Absent> absent() {
    return List.of(
        new Absent("no probe", migrating(), PROBE_KILLS_MIGRATOR),
        new Absent(
            "a probe as this program softens it",
            migrating().deployment("livenessProbe", Optional.of(LivenessProbe.softened(PROBE))),
            PROBE_KILLS_MIGRATOR),
        new Absent(
            "a probe as this program delays it in Helm's values",
            migrating().deployment("livenessProbe", Optional.of("{\"initialDelaySeconds\":3600}")),
            PROBE_KILLS_MIGRATOR),
        new Absent(
            "ended by a signal, when it was stopped",
            idle()
                .deployment("livenessProbe", Optional.of(PROBE))
                .cluster("pods", List.of(ended(137, "Error")))
                .cluster("events", List.of(event("Killing", "Stopping container coder"))),
            PROBE_KILLS_MIGRATOR),
        new Absent(
            "ended by a signal, and another container's probe failed",
            idle()
                .deployment("livenessProbe", Optional.of(PROBE))
                .cluster("pods", List.of(ended(137, "Error")))
                .cluster(
                    "events",
                    List.of(
                        event(
                            "Killing",
                            "Container relay failed liveness probe, will be restarted"))),
            PROBE_KILLS_MIGRATOR),
        new Absent(
            "a probe, and nobody migrates",
            running().deployment("livenessProbe", Optional.of(PROBE)),
            PROBE_KILLS_MIGRATOR),
        new Absent(
            "OOMKilled",
            idle()
                .deployment("livenessProbe", Optional.of(PROBE))
                .cluster("pods", List.of(ended(137, "OOMKilled"))),
            PROBE_KILLS_MIGRATOR),
        new Absent("blocked by a tool", blocked(), OLD_REPLICA_BLOCKS),
        new Absent("nobody waits", migrating(), OTHER_SESSION_BLOCKS),
        new Absent("the holder's pod is there", migrating(), ORPHAN_BACKEND),
        new Absent(
            "behind a pooler no address is a pod's",
            migrator(Altered.of(working(60), "address", Optional.of("10.9.9.9"))),
            ORPHAN_BACKEND),
        new Absent(
            "the holder's address is hidden",
            migrator(Altered.of(working(60), "address", Optional.empty())),
            ORPHAN_BACKEND),
        new Absent(
            "the container is as old as the transaction",
            migrator(working(130)).cluster("pods", List.of(ended(1, "Error"))),
            ORPHAN_BACKEND),
        new Absent("blocked is not working", blocked(), MIGRATION_WORKS),
        new Absent("a hidden one may not work", migrator(Sessions.hidden(4733)), MIGRATION_WORKS),
        new Absent("a commit waits", waiting("IPC", "SyncRep", "COMMIT"), MIGRATION_WORKS),
        new Absent("a client does not read", waiting("Client", "ClientWrite", ""), MIGRATION_WORKS),
        new Absent("reading is work", waiting("IO", "DataFileRead", "x"), MIGRATOR_HELD_UP),
        new Absent(
            "it is killed before long",
            migrating()
                .cluster(
                    "pods", List.of(pod("deletedAt", Optional.of(Scenery.NOW.plusSeconds(42))))),
            MIGRATION_WORKS),
        new Absent(
            "it failed before, and what ended it is still set",
            migrating()
                .cluster(
                    "logs",
                    List.of(
                        log(
                            List.of(),
                            List.of(
                                "up: migration failed: canceling statement due to statement"
                                    + " timeout"))))
                .database("roles", setting("statement_timeout", "2s", PostgresSetting.Place.ROLE)),
            MIGRATION_WORKS),
        new Absent(
            "a lock for a session is ordinary before v2.5",
            lazy(Sessions.from(4733, NEW_IP)).deployment("image", "ghcr.io/coder/coder:v2.4.0"),
            NOBODY_MIGRATES),
        new Absent("a migrator has closed the table", migrating(), NOBODY_MIGRATES),
        new Absent("the dead do not work", orphaned(), MIGRATION_WORKS),
        new Absent(
            "it got over it",
            logging("up: timeout: can't acquire database lock", "==> Logs will stream in below"),
            QUEUED_MIGRATOR),
        new Absent(
            "a pod that is Ready may have failed before",
            Scenery.of(now -> UpgradeWorld.upgraded(now, 1))
                .cluster(
                    "logs", List.of(log(List.of("migration failed: x in line 0: y"), List.of()))),
            MIGRATION_FAILED),
        new Absent(
            "a pod that retried and has a session",
            migrating()
                .cluster("logs", List.of(log(List.of("ping postgres: retrying"), List.of()))),
            DATABASE_OUT_OF_REACH),
        new Absent("the image fits", running(), IMAGE_OLDER_THAN_SCHEMA),
        new Absent(
            "only a bound of the image's number is known",
            running()
                .deployment("image", "ghcr.io/coder/coder:v2.99.0")
                .database("schema", SchemaTable.read("public", 9999, false)),
            IMAGE_OLDER_THAN_SCHEMA),
        new Absent(
            "a mark of a migration that runs",
            migrating().database("schema", SchemaTable.read("public", 370, true)),
            DIRTY),
        new Absent(
            "old news of memory",
            running()
                .cluster(
                    "pods",
                    List.of(
                        pod(
                            "last",
                            Optional.of(
                                new Pod.Termination(
                                    137, "OOMKilled", Scenery.NOW.minusSeconds(7200)))))),
            OUT_OF_MEMORY),
        new Absent("one version", running(), MIXED_VERSIONS),
        new Absent(
            "the other version's image does not come",
            contended()
                .cluster(
                    "pods",
                    List.of(
                        UpgradeWorld.running(Scenery.NOW).cluster().pods().get(0),
                        Altered.of(
                            pod("container.waiting", "ImagePullBackOff"),
                            "startedAt",
                            Optional.empty()))),
            MIXED_VERSIONS),
        new Absent(
            "a session whose container ended a moment ago",
            migrator(working(100))
                .cluster(
                    "pods",
                    List.of(
                        Altered.of(
                            pod(
                                "last",
                                Optional.of(
                                    new Pod.Termination(1, "Error", Scenery.NOW.minusSeconds(2)))),
                            "startedAt",
                            Optional.empty()))),
            ORPHAN_BACKEND),
        new Absent(
            "a session that is newer than the container's last end",
            migrator(working(10))
                .cluster(
                    "pods", List.of(Altered.of(ended(1, "Error"), "startedAt", Optional.empty()))),
            ORPHAN_BACKEND),
        new Absent("a version as tag", running(), UNPINNED_IMAGE),
        new Absent("a chart of v2", running(), V1_CHART),
        new Absent("one schema", running(), TWO_SCHEMAS),
        new Absent("a number that is known", running(), UNKNOWN_SCHEMA),
        new Absent(
            "an index that is being built",
            running().database("upkeep", invalid(true)),
            INVALID_INDEX),
        new Absent(
            "a number by the date is not taken for a newer release's",
            running().database("schema", SchemaTable.read("public", 20241016151312L, false)),
            UNKNOWN_SCHEMA),
        new Absent(
            "nor is the image called too old for it",
            running().database("schema", SchemaTable.read("public", 20241016151312L, false)),
            IMAGE_OLDER_THAN_SCHEMA),
        new Absent("a good hop", running(), KNOWN_TROUBLE),
        new Absent(
            "clocks that agree",
            running().cluster("skew", Optional.of(Duration.ofSeconds(3))),
            CLOCK_SKEW));
  }

  @TestFactory
  Stream<DynamicTest> itIsFound() {
    return found().stream().map(row -> DynamicTest.dynamicTest(row.when, () -> check(row)));
  }

  private static void check(Found row) {
    List<Finding> all = Diagnosis.of(row.seen.seen(), KNOWLEDGE);
    assertThat(all).extracting(Finding::kind).contains(row.kind);
    assertThat(all)
        .filteredOn(each -> each.kind() == row.kind)
        .anySatisfy(
            finding -> {
              assertThat(finding.urgency()).isEqualTo(row.urgency);
              assertThat(text(finding)).contains(row.says);
            });
    assertThat(all).allSatisfy(each -> assertThat(text(each)).doesNotContain("secret_table"));
  }

  @TestFactory
  Stream<DynamicTest> itIsNotFound() {
    return Stream.concat(absent().stream(), RowsOfPods.absent().stream())
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.when,
                    () ->
                        assertThat(Diagnosis.of(row.seen.seen(), KNOWLEDGE))
                            .extracting(Finding::kind)
                            .doesNotContain(row.kind)));
  }

  @Test
  void everyKindIsTried() {
    assertThat(found().stream().map(Found::kind).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(Kind.class));
  }

  /**
   * What may be said without fresh facts: that they are missing, and what the path is known for.
   */
  @Test
  void oldOrLostFactsAccuseNobody() {
    Set<Kind> allowed = EnumSet.of(DATABASE_OUT_OF_REACH, KNOWN_TROUBLE);
    for (Found row : found()) {
      Snapshot seen = row.seen.seen();
      Snapshot old = seen.at(seen.now().plus(Snapshot.FRESH).plusMillis(1));
      Snapshot lost =
          seen.withCluster(seen.cluster().lost("x")).withDatabase(seen.database().lost("y"));
      for (Snapshot blind : List.of(old, lost)) {
        assertThat(Diagnosis.of(blind, KNOWLEDGE))
            .as(row.when)
            .extracting(Finding::kind)
            .isSubsetOf(allowed);
      }
    }
  }

  @Test
  void whenAllIsWellNothingIsToBeDone() {
    for (Snapshot seen : Scenery.everyGoodMoment()) {
      assertThat(Diagnosis.of(seen, KNOWLEDGE)).isEmpty();
    }
  }

  @Test
  void theMostUrgentComesFirst() {
    for (Found row : found()) {
      assertThat(Diagnosis.of(row.seen.seen(), KNOWLEDGE))
          .isSortedAccordingTo((one, other) -> one.urgency().compareTo(other.urgency()));
    }
  }

  @Test
  void workThatIsInNobodysWayIsTheFirstThingSaid() {
    assertThat(Diagnosis.of(growing(50_000_000).seen(), KNOWLEDGE).get(0).kind())
        .isEqualTo(MIGRATION_WORKS);
  }

  /**
   * Who asks next, on the same screen, is handed what was found; nobody gets what was elsewhere.
   */
  @Test
  void whatIsFoundIsWorkedOutOnceForASnapshotAndAnewForTheNextOne() {
    Snapshot seen = growing(50_000_000).seen();
    List<Finding> found = Diagnosis.of(seen, KNOWLEDGE);
    assertThat(Diagnosis.of(seen, KNOWLEDGE)).isSameAs(found);
    assertThat(Diagnosis.of(seen.at(seen.now()), KNOWLEDGE)).isSameAs(found);
    Snapshot later = seen.at(seen.now().plusSeconds(60));
    assertThat(Diagnosis.of(later, KNOWLEDGE)).as("all is stale").isNotEqualTo(found);
    Snapshot copied = Altered.of(seen, "now", later.now());
    assertThat(Diagnosis.of(copied, KNOWLEDGE)).isEqualTo(Diagnosis.of(later, KNOWLEDGE));
    assertThat(seen.at(later.now())).as("conclusions are no facts").isEqualTo(later);
  }

  @Test
  void answersAreStepsThatThereAre() {
    for (Found row : found()) {
      for (Finding finding : Diagnosis.of(row.seen.seen(), KNOWLEDGE)) {
        String answer = finding.advice().answeredBy();
        if (!answer.isEmpty() && !answer.equals(Finding.SUPPORT)) {
          String[] words = answer.split(" ");
          assertThat(RunbookFile.bundled(words[0]).step(words[1])).as(answer).isPresent();
        }
      }
    }
  }

  @Test
  void hostileFactsBreakNothingAndStayBounded() {
    for (Snapshot seen : Scenery.hostile()) {
      Diagnosis.of(seen, KNOWLEDGE);
    }
    String endless = "migration failed: " + "a".repeat(1_000_000);
    Snapshot flooded =
        logging(endless, "in line 0: ".repeat(90_000))
            .deployment("image", "x:" + "y".repeat(100_000))
            .cluster("events", Samples.hostileCluster().events())
            .seen();
    List<Finding> found = Diagnosis.of(flooded, KNOWLEDGE);
    assertThat(found).extracting(Finding::kind).contains(MIGRATION_FAILED);
    assertThat(found).allSatisfy(each -> assertThat(text(each).length()).isLessThan(6_000));
  }

  private static String text(Finding finding) {
    return String.join(
        "\n",
        finding.headline(),
        String.join("\n", finding.evidence().stream().map(Observation::text).toList()),
        finding.advice().text(),
        finding.notThis());
  }
}
