package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.ApiKeys;
import dev.lockkeeper.snapshot.Database.Builds;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.Database.ReplicaRow;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.SchemaTable.State;
import dev.lockkeeper.snapshot.ServerLoad;
import dev.lockkeeper.snapshot.ServerLoad.TableSize;
import dev.lockkeeper.snapshot.Upkeep;
import dev.lockkeeper.snapshot.Wait;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must be seen on any server. */
abstract class DatabaseContract implements LockContract, RoleFactsContract, PlanContract {
  @Override
  public abstract TestServer server();

  @Test
  void namesTheBlockerOfAWaitingMigrator() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      int old = Scene.pid(scene.oldReplica());
      Connection migrating = scene.migrator();
      int migrator = Scene.pid(migrating);
      scene.later(migrating, "ALTER TABLE workspaces ADD COLUMN x int");
      scene.readUntil(database -> database.waits().contains(new Wait(migrator, List.of(old))));
      Connection reading = scene.session();
      int reader = Scene.pid(reading);
      scene.later(reading, "SELECT count(*) FROM workspaces");

      Database seen = scene.readUntil(database -> database.waits().size() == 2);

      assertThat(seen.waits())
          .containsExactlyInAnyOrder(
              new Wait(migrator, List.of(old)),
              new Wait(reader, List.of(migrator), 0, true, List.of(migrator)));
      assertThat(seen.schema()).isEqualTo(SchemaTable.locked("public", Optional.of(migrator)));
      assertThat(seen.migrationLock().holder()).contains(migrator);
      assertThat(seen.migrationLock().waiters()).isEmpty();
      Backend idle = seen.backend(old).orElseThrow();
      assertThat(idle.idleInTransaction()).isTrue();
      assertThat(idle.activity().wrote()).isTrue();
      assertThat(idle.user()).isEqualTo("coder");
      assertThat(idle.transactionAge()).isPresent();
      assertThat(seen.backend(migrator).orElseThrow().waitsForLock()).isTrue();
      assertThat(seen.backends().get(0).pid()).isEqualTo(old);
      assertThat(locks(seen, migrator))
          .anyMatch(lock -> lock.key().equals(String.valueOf(MigrationLock.KEY)) && lock.granted())
          .anyMatch(lock -> on(lock, "workspaces") && !lock.granted());
      assertThat(locks(seen, old))
          .anyMatch(lock -> on(lock, "workspaces") && lock.mode().equals("RowExclusiveLock"));
      assertThat(locks(seen, reader)).anyMatch(lock -> on(lock, "workspaces") && !lock.granted());
    }
  }

  @Test
  void aSuperusersSessionIsKnownAsSuch() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      int ordinary = Scene.pid(scene.session());
      int superuser = Scene.pid(scene.session(server().superuser()));

      Database seen = scene.readUntil(database -> database.backend(superuser).isPresent());

      assertThat(seen.backend(superuser).orElseThrow().client().superuser()).isTrue();
      assertThat(seen.backend(ordinary).orElseThrow().client().superuser()).isFalse();
    }
  }

  private static List<Lock> locks(Database seen, int pid) {
    return seen.locks().stream()
        .filter(lock -> lock.pid().equals(Optional.of(pid)))
        .collect(java.util.stream.Collectors.toList());
  }

  private static boolean on(Lock lock, String table) {
    return lock.relation().equals(Optional.of(table));
  }

  @Test
  void countsTheConnectionsThatAreLeft() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      ServerLoad.Slots before =
          scene
              .readUntil(seen -> seen.load().slots().isKnown())
              .load()
              .slots()
              .value()
              .orElseThrow();
      scene.session();
      scene.session();
      ServerLoad.Slots after =
          scene
              .readUntil(seen -> seen.load().slots().value().orElse(before).used() > before.used())
              .load()
              .slots()
              .value()
              .orElseThrow();

      assertThat(before.limit()).isPositive();
      assertThat(before.reserved()).isEqualTo(3);
      assertThat(before.ownLimit()).isEqualTo(-1);
      assertThat(after.used() - before.used()).isGreaterThanOrEqualTo(2);
      assertThat(after.ownUsed() - before.ownUsed()).isGreaterThanOrEqualTo(2);
      assertThat(after.free()).isEqualTo(after.limit() - 3 - after.used());
    }
  }

  @Test
  void saysSinceWhenALockIsWaitedForWhereTheServerDoes() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Connection migrating = scene.migrator();
      scene.oldReplica();
      scene.later(migrating, "ALTER TABLE workspaces ADD COLUMN x int");
      Database seen = scene.readUntil(database -> !database.waits().isEmpty());

      Lock waiting =
          seen.locks().stream().filter(lock -> !lock.granted()).findFirst().orElseThrow();
      assertThat(waiting.waiting().isPresent()).isEqualTo(seen.identity().version() >= 140000);
    }
  }

  @Test
  void migratorsQueueForTheMigrationLock() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      int migrator = Scene.pid(scene.migrator());
      Connection second = scene.session();
      scene.later(second, "SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");

      Database seen = scene.readUntil(database -> !database.migrationLock().waiters().isEmpty());

      assertThat(seen.migrationLock())
          .isEqualTo(new MigrationLock(Optional.of(migrator), List.of(Scene.pid(second))));
      assertThat(seen.waits()).contains(new Wait(Scene.pid(second), List.of(migrator)));
    }
  }

  @Test
  void aLongQueueForTheMigrationLockIsInOrder() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      int migrator = Scene.pid(scene.migrator());
      for (int i = 0; i < 8; i++) {
        scene.later(scene.session(), "SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
      }
      Database seen = scene.readUntil(database -> database.migrationLock().waiters().size() == 8);
      assertThat(seen.waits())
          .hasSize(8)
          .allSatisfy(wait -> assertThat(wait.blockers()).containsExactly(migrator));
      assertThat(seen.waits())
          .extracting(Wait::ahead)
          .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    }
  }

  @Test
  void anotherAdvisoryLockIsNoMigration() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Connection purge = scene.session();
      Scene.run(purge, "SELECT pg_advisory_lock(4), pg_advisory_lock(241551044, 1626191913)");
      assertThat(scene.read().migrationLock()).isEqualTo(MigrationLock.free());
    }
  }

  @Test
  void aPreparedTransactionStandsAtItsPlace() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Connection forgotten = scene.oldReplica();
      Scene.run(forgotten, "PREPARE TRANSACTION 'forgotten'");
      Connection migrating = scene.migrator();
      scene.later(migrating, "ALTER TABLE workspaces ADD COLUMN x int");

      Database seen = scene.readUntil(database -> !database.waits().isEmpty());

      assertThat(seen.waits())
          .containsExactly(new Wait(Scene.pid(migrating), List.of(Database.preparedPlace(0))));
      assertThat(seen.prepared()).extracting(PreparedTransaction::gid).containsExactly("forgotten");
      assertThat(seen.locks())
          .anyMatch(
              lock ->
                  lock.pid().equals(Optional.of(-1)) && on(lock, "workspaces") && lock.granted());
      Scene.run(scene.session(), "ROLLBACK PREPARED 'forgotten'");
    }
  }

  @Test
  void readsTheSchemaNumber() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      assertThat(scene.read().schema()).isEqualTo(SchemaTable.read("public", 362, false));
      Scene.run(scene.session(), "UPDATE schema_migrations SET version = 59, dirty = true");
      assertThat(scene.read().schema()).isEqualTo(SchemaTable.read("public", 59, true));
    }
  }

  @Test
  void anEmptyTableIsNotAMissingOne() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Scene.run(scene.session(), "DELETE FROM schema_migrations");
      assertThat(scene.read().schema().state()).isEqualTo(State.EMPTY);
      Scene.run(scene.session(), "DROP TABLE schema_migrations");
      Database seen = scene.read();
      assertThat(seen.schema().state()).isEqualTo(State.FOREIGN);
      assertThat(seen.schema().detail()).contains("no table schema_migrations among its");
      assertThat(seen.replicas().reason()).contains("not found");
    }
  }

  @Test
  void findsTheTablesInAnotherSchema() throws Exception {
    try (Scene scene = Scene.empty(server())) {
      Scene.run(scene.session(), "CREATE SCHEMA \"My Coder\"");
      Scene.run(scene.session(), "SET search_path = \"My Coder\";" + Scene.tables());
      Database seen = scene.read();
      assertThat(seen.schema()).isEqualTo(SchemaTable.read("My Coder", 362, false));
      assertThat(seen.usage().builds().isKnown()).isTrue();
      assertThat(seen.load().tables().value().orElseThrow())
          .extracting(TableSize::name)
          .contains("api_keys", "workspaces");
    }
  }

  @Test
  void theSearchPathDecidesBetweenTwoSchemas() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Scene.run(scene.session(), "CREATE SCHEMA staging");
      Scene.run(scene.session(), "SET search_path = staging;" + Scene.tables());
      Scene.run(scene.session(), "UPDATE staging.schema_migrations SET version = 401");
      assertThat(scene.read().schema().schema()).contains("public");
      DatabaseAddress plain = scene.address("coder");
      DatabaseAddress staging =
          new DatabaseAddress(
              plain.hosts(),
              plain.database(),
              plain.user(),
              plain.password(),
              Map.of("sslmode", "disable", "search_path", "staging"));
      assertThat(Scene.readAt(staging).schema())
          .isEqualTo(
              SchemaTable.read("staging", 401, false).beside(List.of("public"), Optional.empty()));
      assertThat(scene.read().schema().elsewhere()).containsExactly("staging");
    }
  }

  @Test
  void twoSchemasThatNobodyNamedAreNotGuessedAt() throws Exception {
    try (Scene scene = Scene.empty(server())) {
      for (String schema : List.of("blue", "green")) {
        Scene.run(scene.session(), "CREATE SCHEMA " + schema);
        Scene.run(scene.session(), "SET search_path = " + schema + ";" + Scene.tables());
      }
      SchemaTable schema = scene.read().schema();
      assertThat(schema.state()).isEqualTo(State.AMBIGUOUS);
      assertThat(schema.elsewhere()).containsExactly("blue", "green");
      assertThat(schema.detail()).contains("blue, green").contains("search_path");
    }
  }

  @Test
  void anotherProgramsTableOfThatNameDoesNotCount() throws Exception {
    try (Scene scene = Scene.empty(server())) {
      Scene.run(scene.session(), "CREATE TABLE schema_migrations (version varchar)");
      SchemaTable seen = scene.read().schema();
      assertThat(seen.state()).isEqualTo(State.FOREIGN);
      assertThat(seen.schema()).contains("public");
      assertThat(seen.detail()).contains("another program's", "other columns");
    }
  }

  @Test
  void aDatabaseWithoutTablesIsANewOne() throws Exception {
    try (Scene scene = Scene.empty(server())) {
      SchemaTable seen = scene.read().schema();
      assertThat(seen.state()).isEqualTo(State.MISSING);
      assertThat(seen.detail()).contains("empty");
    }
  }

  @Test
  void aDatabaseOfCoderV1IsKnownByItsTable() throws Exception {
    try (Scene scene = Scene.empty(server())) {
      Scene.run(
          scene.session(), "CREATE TABLE migration_cursor (name text); CREATE TABLE users ()");
      SchemaTable seen = scene.read().schema();
      assertThat(seen.v1()).contains("public");
      assertThat(seen.state()).isEqualTo(State.FOREIGN);
    }
  }

  /** A coderd looks for it in its own schema alone, and starts beside one in another. */
  @Test
  void coderV1InAnotherSchemaDoesNotMatter() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Scene.run(
          scene.session(), "CREATE SCHEMA old; CREATE TABLE old.migration_cursor (name text)");
      assertThat(scene.read().schema()).isEqualTo(SchemaTable.read("public", 362, false));
    }
  }

  @Test
  void aNumberByTheDateIsReadAsItIs() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Scene.run(scene.session(), "UPDATE schema_migrations SET version = 20241016151312");
      assertThat(scene.read().schema())
          .isEqualTo(SchemaTable.read("public", 20241016151312L, false));
    }
  }

  @Test
  void blindIsSaidToBeBlind() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      int old = Scene.pid(scene.oldReplica());

      Database seen = scene.read("watcher");

      assertThat(seen.rights().seesAll()).isFalse();
      Backend hidden = seen.backend(old).orElseThrow();
      assertThat(hidden.hidden()).isTrue();
      assertThat(hidden.state()).isEmpty();
      assertThat(hidden.query()).isEmpty();
      assertThat(seen.hidden()).isPositive();
      assertThat(seen.schema().state()).isEqualTo(State.UNREADABLE);
      assertThat(seen.schema().detail())
          .contains("GRANT SELECT ON \"public\".schema_migrations TO \"watcher\"");
      assertThat(seen.replicas().reason()).contains("GRANT SELECT");
      assertThat(scene.read("monitor").hidden()).isZero();
      assertThat(scene.read("monitor").rights().seesAll()).isTrue();
      assertThat(scene.read().backend(old).orElseThrow().hidden()).isFalse();
    }
  }

  @Test
  void aLockedTableBlindsItselfAlone() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Scene.run(scene.session(), "BEGIN; LOCK TABLE workspace_agents");
      Database seen = scene.read();
      assertThat(seen.usage().connectedAgents().value()).isEmpty();
      assertThat(seen.usage().builds().value()).contains(new Builds(1, 2));
      assertThat(seen.usage().activeUsers().value()).contains(1L);
    }
  }

  @Test
  void knowsWhoWouldNotice() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Database seen = scene.read();
      assertThat(seen.usage().builds().value()).contains(new Builds(1, 2));
      assertThat(seen.usage().activeUsers().value()).contains(1L);
      assertThat(seen.usage().connectedAgents().value()).contains(1L);
      assertThat(seen.coder().apiKeys().value()).contains(new ApiKeys(40, 18, false));
      assertThat(seen.replicas().value().orElseThrow())
          .extracting(ReplicaRow::hostname)
          .containsExactly("proxy-1", "coder-7d9-x2k");
      assertThat(seen.replicas().value().orElseThrow().get(1).age())
          .isGreaterThanOrEqualTo(Duration.ofSeconds(4));
      assertThat(seen.load().growth().walBytes()).isPositive();
      assertThat(seen.load().growth().databaseBytes()).isPositive();
    }
  }

  @Test
  void estimatesApiKeysWhereCountingTakesTooLong() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      CoderTables tables = new CoderTables(connection, "public");
      Scene.run(scene.session(), "ANALYZE api_keys");
      ApiKeys estimate = tables.estimatedApiKeys().orElseThrow();
      assertThat(estimate.total()).isEqualTo(40);
      assertThat(estimate.expired()).isBetween(15L, 21L);
    }
  }

  @Test
  void anEstimateNeedsNoLockOnTheTable() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      CoderTables tables = new CoderTables(connection, "public");
      assertThat(tables.estimatedApiKeys()).as("nobody analysed it").isEmpty();
      Connection other = scene.session();
      Scene.run(other, "ANALYZE api_keys; BEGIN; LOCK TABLE api_keys");
      assertThat(tables.estimatedApiKeys().orElseThrow().total()).isEqualTo(40);
    }
  }

  @Test
  void backupsAreSeenInADatabaseThatIsNotCoders() throws Exception {
    try (Scene scene = Scene.empty(server())) {
      scene.elsewhere("pgBackRest [backup]");
      assertThat(scene.read().load().upkeep().value().orElseThrow().backups())
          .extracting(Upkeep.Backup::tool)
          .contains("pgBackRest [backup]");
    }
  }

  @Test
  void aTableThatNobodyAnalysedHasNoRowEstimate() throws Exception {
    try (Scene scene = Scene.empty(server())) {
      Scene.run(scene.session(), "CREATE TABLE schema_migrations (version bigint, dirty boolean)");
      assertThat(scene.read().load().tables().value().orElseThrow())
          .containsExactly(new TableSize("schema_migrations", -1, 0));
    }
  }

  @Test
  void aMissingTableHarmsOnlyItsOwnFact() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Scene.run(scene.session(), "DROP TABLE replicas");
      Database seen = scene.read();
      assertThat(seen.replicas().reason()).contains("no such table");
      assertThat(seen.usage().builds().isKnown()).isTrue();
    }
  }

  @Test
  void theSizeIsNotAskedWithEveryLook() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      SlowFacts slow = new SlowFacts(scene.address("coder"), Pace.normal());
      DatabaseReader reader = new DatabaseReader(connection, slow);
      Database first = reader.read();
      assertThat(first.load().growth().databaseBytes()).isPositive();
      assertThat(reader.read().load().growth()).isSameAs(first.load().growth());
      slow.hurry();
      assertThat(reader.read().load().growth()).isNotSameAs(first.load().growth());
    }
  }

  @Test
  void aLockedTableIsLeftAloneAndItsLastValueStays() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      DatabaseReader reader =
          new DatabaseReader(connection, new SlowFacts(scene.address("coder"), Pace.normal()));
      assertThat(Scene.read(reader).coder().apiKeys().isKnown()).isTrue();
      Connection migrator = scene.session();
      Scene.run(migrator, "BEGIN; LOCK TABLE api_keys");

      Database locked = Scene.read(reader);

      assertThat(locked.coder().apiKeys().isKnown()).isFalse();
      assertThat(locked.coder().apiKeys().value()).contains(new ApiKeys(40, 18, false));
      assertThat(locked.load().cost()).isLessThan(Duration.ofMillis(1000));
      Scene.run(migrator, "ROLLBACK");
      assertThat(Scene.read(reader).coder().apiKeys().isKnown()).isTrue();
    }
  }

  @Test
  void theConnectionCannotWrite() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      assertThatThrownBy(() -> connection.ask(ReadSettings.catalog(), "CREATE TABLE public.x ()"))
          .isInstanceOf(SQLException.class)
          .extracting(failure -> ((SQLException) failure).getSQLState())
          .isEqualTo("25006");
      assertThat(connection.server().text("role")).as("and goes on").isEqualTo("coder");
    }
  }

  /** A SET would stay on a session that a pooler lends to coderd next. */
  @Test
  void ourNameIsTakenOnceNobodyStandsBetween() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      String question = "SELECT setting, source FROM pg_settings WHERE name = 'application_name'";
      Row name = connection.ask(ReadSettings.catalog(), question).get(0).get(0);
      assertThat(name.text("setting")).isEqualTo("lockkeeper");
      assertThat(name.text("source")).as("set by hand").isEqualTo("session");
    }
  }

  @Test
  void throughAPoolerNoNameIsLeftBehind() throws Exception {
    try (Scene scene = Scene.coder(server());
        WireRelay relay = new WireRelay(server())) {
      relay.pool();
      try (DatabaseConnection lent = DatabaseConnection.open(relay.to(scene.address("coder")))) {
        String question = "SELECT current_setting('application_name') AS name";
        assertThat(lent.isPooled()).isTrue();
        assertThat(lent.ask(ReadSettings.catalog(), question).get(0).get(0).text("name")).isEmpty();
      }
    }
  }

  @Test
  void ourOwnSessionsAreNotAmongTheOthers() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection other = DatabaseConnection.open(scene.address("coder"))) {
      int ours = other.server().number("pid");
      assertThat(scene.read().backend(ours)).isEmpty();
      assertThat(scene.read("monitor").backend(ours)).as("another role's").isPresent();
    }
  }

  @Test
  void aBackendIsNamedToTheMicrosecond() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      Connection session = scene.session();
      String start = scene.read().backend(Scene.pid(session)).orElseThrow().backendStart();
      String found =
          "SELECT count(*) FROM pg_stat_activity WHERE pid = %d AND backend_start = '%s'::timestamptz"
              .formatted(Scene.pid(session), start);
      Scene.run(session, "SET timezone = 'Asia/Kolkata'");
      assertThat(Scene.ask(session, found)).isEqualTo("1");
    }
  }

  @Test
  void probeSaysWhoIsThere() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      var identity = DatabaseConnection.probe(scene.address("coder"));
      assertThat(identity.name()).isEqualTo(scene.address("coder").database());
      assertThat(identity.port()).isEqualTo(server().port());
      assertThat(identity.version()).isGreaterThanOrEqualTo(130000);
      assertThat(identity.systemIdentifier()).matches("\\d+");
      assertThat(identity.standby()).isFalse();
      assertThat(identity.sameServer(scene.read().identity())).isTrue();
    }
  }

  @Test
  void whatWentWrongIsOneSentenceWithoutThePassword() throws Exception {
    try (Scene scene = Scene.coder(server())) {
      DatabaseAddress right = scene.address("coder");
      String canary = "wr0ng-c4nary@x";
      refuses(right.withPassword(Secret.of(canary)), "password for role coder");
      refuses(right.withPassword(Secret.none()), "PGPASSWORD");
      refuses(server().address("nowhere", "coder", Scene.PASSWORD), "no database nowhere");
      refuses(right.at("127.0.0.1", 1), "Nothing accepts connections at 127.0.0.1:1");
      refuses(right.at("no-such-host.invalid", 5432), "No host is known as no-such-host.invalid");
      DatabaseAddress encrypted =
          new DatabaseAddress(
              right.hosts(), right.database(), right.user(), right.password(), Map.of());
      refuses(encrypted, "sslmode=disable");
    }
  }

  private static void refuses(DatabaseAddress address, String saying) {
    assertThatThrownBy(() -> DatabaseConnection.probe(address))
        .isInstanceOf(DatabaseException.class)
        .hasNoCause()
        .hasMessageContaining(saying)
        .hasMessageNotContaining("c4nary");
  }
}
