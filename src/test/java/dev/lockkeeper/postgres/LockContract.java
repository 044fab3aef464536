package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.Wait;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must be seen of locks on any server. */
interface LockContract {
  TestServer server();

  /**
   * The migrator comes after another waiter and would wait for it; that one waits for a third, and
   * this for the migrator. The deadlock detector lets the migrator go before: nothing shows it but
   * the server's own word.
   */
  @Test
  default void aQueueThatTheDeadlockDetectorReorderedIsNotReadByTheMomentsOfArrival()
      throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Connection holder = impatient(scene, "LOCK TABLE users IN ACCESS SHARE MODE");
      Connection guilty = impatient(scene, "LOCK TABLE users IN SHARE MODE");
      Connection first = impatient(scene, "SELECT 1");
      scene.later(first, "LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
      scene.readUntil(database -> database.waits().size() == 1);
      Connection migrator =
          impatient(scene, "SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
      Scene.run(migrator, "LOCK TABLE workspaces IN EXCLUSIVE MODE");
      scene.later(migrator, "LOCK TABLE users IN ROW EXCLUSIVE MODE");
      scene.readUntil(database -> database.waits().size() == 2);
      assertThat(waitsFor(scene, migrator)).contains(Scene.pid(first));

      scene.later(holder, "LOCK TABLE workspaces IN EXCLUSIVE MODE");
      await().until(() -> !waitsFor(scene, migrator).contains(Scene.pid(first)));
      Database seen = scene.readUntil(database -> database.waits().size() == 3);

      assertThat(waitsFor(scene, migrator)).containsExactly(Scene.pid(guilty));
      assertThat(LockForest.of(seen).smallestCure(Scene.pid(migrator)))
          .containsExactly(Scene.pid(guilty));
      assertThat(LockForest.of(seen).surelyInFrontOf(Scene.pid(migrator)))
          .containsExactly(Scene.pid(guilty));
    }
  }

  private Connection impatient(Scene scene, String statement) throws Exception {
    Connection session = scene.session(server().superuser());
    Scene.run(session, "SET deadlock_timeout = '300ms'; BEGIN; " + statement);
    return session;
  }

  /** As the server itself says. */
  private List<Integer> waitsFor(Scene scene, Connection session) throws Exception {
    String list =
        Scene.ask(
            scene.session(server().superuser()),
            "SELECT array_to_string(pg_blocking_pids(%d), ',')".formatted(Scene.pid(session)));
    return Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
  }

  @Test
  default void thoseWhoQueueForARowWaitForItsHolder() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      int old = Scene.pid(scene.oldReplica());
      for (int i = 0; i < 3; i++) {
        scene.later(scene.session(), "UPDATE workspaces SET name = 'y' WHERE id = 1");
        int waiting = i + 1;
        scene.readUntil(database -> database.waits().size() == waiting);
      }
      Database seen = scene.read();
      assertThat(seen.locks())
          .anyMatch(lock -> lock.type().equals("transactionid") && !lock.granted())
          .anyMatch(lock -> lock.type().equals("tuple") && lock.relation().isPresent());
      assertThat(LockForest.of(seen).smallestCure(seen.waits().get(2).pid())).containsExactly(old);
      assertThat(LockForest.of(seen).freedBy(old)).hasSize(1);
    }
  }

  @Test
  default void anIndexBuiltConcurrentlyWaitsForOldTransactions() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      int old = Scene.pid(scene.oldReplica());
      Connection building = scene.session();
      scene.later(building, "CREATE INDEX CONCURRENTLY ON workspaces (name)");
      Database seen = scene.readUntil(database -> !database.waits().isEmpty());
      assertThat(seen.waits()).containsExactly(new Wait(Scene.pid(building), List.of(old)));
      assertThat(seen.locks()).anyMatch(lock -> lock.type().equals("virtualxid"));
    }
  }

  @Test
  default void theWorkersOfAParallelQueryAreTheirLeader() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Connection leader = scene.session();
      Scene.run(
          leader,
          "CREATE TABLE many AS SELECT generate_series(1, 2000) AS id;"
              + "CREATE FUNCTION dawdle(int) RETURNS boolean PARALLEL SAFE LANGUAGE plpgsql AS"
              + " 'BEGIN PERFORM pg_sleep(0.02); RETURN true; END';"
              + "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;"
              + "SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2");
      scene.later(leader, "SELECT count(*) FROM many WHERE dawdle(id)");
      scene.readUntil(
          database -> database.backends().stream().anyMatch(each -> each.leader().isPresent()));
      Connection altering = scene.session();
      scene.later(altering, "ALTER TABLE many ADD COLUMN x int");
      Database seen = scene.readUntil(database -> !database.waits().isEmpty());
      assertThat(seen.waits())
          .containsExactly(new Wait(Scene.pid(altering), List.of(Scene.pid(leader))));
    }
  }

  @Test
  default void aHolderInAnotherDatabaseIsNamed() throws Exception {
    try (Scene scene = Scene.coder(server());
        Scene elsewhere = Scene.empty(server())) {
      Connection holder = elsewhere.session(server().superuser());
      Scene.run(holder, "BEGIN; ALTER ROLE watcher CONNECTION LIMIT -1");
      Connection waiting = scene.session(server().superuser());
      scene.later(waiting, "ALTER ROLE watcher CONNECTION LIMIT -1");
      Database seen = scene.readUntil(database -> !database.waits().isEmpty());
      assertThat(seen.waits())
          .containsExactly(new Wait(Scene.pid(waiting), List.of(Scene.pid(holder))));
      assertThat(LockForest.of(seen).unplaced()).isEmpty();
    }
  }

  @Test
  default void whatWaitsInAnotherDatabaseIsNoneOfOurs() throws Exception {
    try (Scene scene = Scene.coder(server());
        Scene elsewhere = Scene.coder(server())) {
      elsewhere.oldReplica();
      elsewhere.later(elsewhere.session(), "ALTER TABLE workspaces ADD COLUMN x int");
      elsewhere.later(elsewhere.session(), "UPDATE workspaces SET name = 'y' WHERE id = 1");
      elsewhere.readUntil(database -> database.waits().size() == 2);
      assertThat(scene.read().waits()).isEmpty();
      assertThat(scene.read().locks()).isEmpty();
    }
  }

  @Test
  default void theMigratorsOwnPlaceInAQueueIsCertainOnEveryVersion() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      int old = Scene.pid(scene.oldReplica());
      Connection analysing = scene.session();
      scene.later(analysing, "BEGIN; LOCK TABLE workspaces IN SHARE MODE");
      scene.readUntil(database -> database.waits().size() == 1);
      Connection migrating = scene.migrator();
      scene.later(migrating, "ALTER TABLE workspaces ADD COLUMN x int");
      Database seen = scene.readUntil(database -> database.waits().size() == 2);
      int migrator = Scene.pid(migrating);
      List<Integer> blockers =
          java.util.stream.Stream.of(old, Scene.pid(analysing)).sorted().toList();
      assertThat(seen.waits()).contains(new Wait(migrator, blockers));
      assertThat(LockForest.of(seen).smallestCure(migrator)).containsExactly(old);
    }
  }

  @Test
  default void tablesHeldByWhoIsIdleInItsTransactionAreSeenBeforeAnybodyWaits() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Optional<Integer> old = Optional.of(Scene.pid(scene.oldReplica()));
      Scene.run(scene.session(), "BEGIN; SELECT pg_advisory_lock(4)");
      assertThat(scene.read().locks())
          .contains(
              new Lock(
                  old,
                  "relation",
                  Optional.of("workspaces"),
                  "",
                  "RowExclusiveLock",
                  true,
                  Optional.empty()));
      assertThat(scene.read().waits()).isEmpty();
    }
  }

  @Test
  default void aLockThatItsSessionKeepsIsTheMigrators() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Connection migrator = scene.session();
      Scene.run(migrator, "SELECT pg_advisory_lock(" + MigrationLock.KEY + ")");
      assertThat(scene.read().migrationLock().holder()).contains(Scene.pid(migrator));
    }
  }

  /** As golang-migrate's own driver goes about it: each step committed, the lock its session's. */
  @Test
  default void theMigratorOfAReleaseBefore25IsKnownByItsKey() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      long key = MigrationLock.keyBefore25(scene.address("coder").database(), "public");
      Connection migrating = scene.session();
      int migrator = Scene.pid(migrating);
      Scene.run(migrating, "SELECT pg_advisory_lock(%d)".formatted(key));
      assertThat(scene.read().migrationLock().holder()).contains(migrator);
      Scene.run(migrating, "UPDATE schema_migrations SET version = 150, dirty = true");
      Connection queued = scene.session();
      scene.later(queued, "SELECT pg_advisory_lock(%d)".formatted(key));
      scene.oldReplica();
      scene.later(migrating, "ALTER TABLE workspaces ADD COLUMN x int");
      Database seen = scene.readUntil(database -> database.waits().size() == 2);
      assertThat(seen.migrationLock())
          .isEqualTo(new MigrationLock(Optional.of(migrator), List.of(Scene.pid(queued))));
      assertThat(seen.schema()).isEqualTo(SchemaTable.read("public", 150, true));
      MigrationState state = stateOf(seen);
      assertThat(state.kind()).isEqualTo(MigrationState.Kind.BLOCKED);
      assertThat(state.evidence()).anyMatch(line -> line.contains("releases before v2.5"));
    }
  }

  @Test
  default void itsKeyBelongsToTheSchemaOfItsTable() throws Exception {
    try (Scene scene = Scene.empty(server())) {
      Connection session = scene.session();
      Scene.run(session, "CREATE SCHEMA own; SET search_path = own;" + Scene.tables());
      String database = scene.address("coder").database();
      Scene.run(
          session,
          "SELECT pg_advisory_lock(%d)".formatted(MigrationLock.keyBefore25(database, "own")));
      assertThat(scene.read().migrationLock().holder()).contains(Scene.pid(session));
      Connection other = scene.session();
      Scene.run(session, "SELECT pg_advisory_unlock_all()");
      Scene.run(
          other, "SELECT pg_advisory_lock(%d)".formatted(MigrationLock.keyBefore25("x", "own")));
      assertThat(scene.read().migrationLock().holder()).isEmpty();
    }
  }

  /** It may be a migrator with another key, or somebody who has locked the table by hand. */
  @Test
  default void whoKeepsTheTableLockedWithoutAKeyIsNamedAndNotCalledAMigrator() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Connection session = scene.session();
      Scene.run(session, "BEGIN; TRUNCATE schema_migrations");
      MigrationState state = stateOf(scene.read());
      assertThat(state.kind()).isEqualTo(MigrationState.Kind.UNKNOWN);
      assertThat(String.join(" ", state.headline(), String.join(" ", state.evidence())))
          .contains(String.valueOf(Scene.pid(session)));
    }
  }

  private static MigrationState stateOf(Database seen) {
    Instant now = Instant.now();
    return MigrationState.of(
        Snapshot.empty(now, RunFacts.starting(now, Optional.empty()))
            .withDatabase(Observed.known(seen, now)));
  }

  @Test
  default void ofMoreSessionsThanAreListedThoseInAQueueAreKnown() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      SlowFacts slow = new SlowFacts(scene.address("coder"), Pace.normal());
      DatabaseReader reader = new DatabaseReader(connection, slow, 3);
      for (int i = 0; i < 8; i++) {
        Scene.run(scene.session(), "BEGIN; SELECT count(*) FROM users");
      }
      Connection migrator = scene.session();
      Scene.run(migrator, "SELECT pg_advisory_lock(" + MigrationLock.KEY + ")");
      Connection queued = scene.session();
      scene.later(queued, "SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
      scene.readUntil(database -> !database.waits().isEmpty());
      Database seen = reader.read();
      assertThat(seen.backends()).hasSize(5);
      assertThat(seen.backend(Scene.pid(migrator))).isPresent();
      assertThat(seen.backend(Scene.pid(queued))).isPresent();
      // A worker of the server's own may come by and be counted as well.
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(reader.read().locking().unlisted().sessions()).isEqualTo(6));
      assertThat(scene.read().locking().unlisted()).isEqualTo(Database.Unlisted.NOTHING);
    }
  }
}
