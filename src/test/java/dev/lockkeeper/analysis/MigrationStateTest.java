package dev.lockkeeper.analysis;

import static dev.lockkeeper.analysis.MigrationState.Kind.BLOCKED;
import static dev.lockkeeper.analysis.MigrationState.Kind.COMMITTED;
import static dev.lockkeeper.analysis.MigrationState.Kind.DIRTY;
import static dev.lockkeeper.analysis.MigrationState.Kind.EMPTY;
import static dev.lockkeeper.analysis.MigrationState.Kind.IDLE;
import static dev.lockkeeper.analysis.MigrationState.Kind.IN_FLIGHT;
import static dev.lockkeeper.analysis.MigrationState.Kind.ROLLED_BACK;
import static dev.lockkeeper.analysis.MigrationState.Kind.UNKNOWN;
import static dev.lockkeeper.analysis.MigrationState.Kind.WAITING;
import static dev.lockkeeper.analysis.MigrationState.Kind.WRONG_DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.analysis.MigrationState.Kind;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.Wait;
import dev.lockkeeper.story.RecoveryWorld;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Where a migration stands, from every witness. */
class MigrationStateTest {
  private record Row(String when, Scenery seen, Kind kind, String headline) {}

  private static Scenery running() {
    return Scenery.of(UpgradeWorld::running);
  }

  private static Scenery migrating() {
    return Scenery.of(UpgradeWorld::migrating);
  }

  private static Scenery schema(Scenery scenery, SchemaTable table) {
    return scenery.database("schema", table);
  }

  private static Scenery waiting(Wait... waits) {
    return migrating().database("waits", List.of(waits));
  }

  private static SchemaTable number(long number, boolean dirty) {
    return SchemaTable.read("public", number, dirty);
  }

  private static SchemaTable without(SchemaTable.State state) {
    return SchemaTable.without(state, Optional.empty(), "so it is");
  }

  private static List<Row> rows() {
    Scenery seenOne = running().recalls(RunFacts.MIGRATION_SEEN, "2026-03-04T21:06:00Z");
    return List.of(
        new Row("nobody migrates", running(), IDLE, "IDLE at 362"),
        new Row(
            "one works", migrating(), IN_FLIGHT, "IN FLIGHT by pid 4733 (coder-6b8f9c7d4-9fq7c)"),
        new Row(
            "one waits for a session",
            Scenery.of(UpgradeWorld::blocked),
            BLOCKED,
            "waits behind pid 5102"),
        new Row(
            "one waits for a prepared transaction",
            waiting(new Wait(4733, List.of(0))),
            BLOCKED,
            "waits behind a prepared transaction"),
        new Row(
            "a prepared transaction holds the migration lock",
            Scenery.of(now -> RecoveryWorld.prepared(now, "order-17"))
                .database(
                    "migrationLock",
                    new MigrationLock(Optional.of(Database.preparedPlace(0)), List.of(4733))),
            WAITING,
            "WAITING: the prepared transaction order-17 holds the migration lock"),
        new Row(
            "a prepared transaction keeps the table closed",
            Scenery.of(now -> RecoveryWorld.prepared(now, "order-17"))
                .database("migrationLock", MigrationLock.free())
                .database(
                    "schema", SchemaTable.locked("public", Optional.of(Database.preparedPlace(0)))),
            WAITING,
            "WAITING: the prepared transaction order-17 keeps schema_migrations locked"),
        new Row(
            "one waits for several",
            waiting(new Wait(4733, List.of(7, 0))),
            BLOCKED,
            "behind pid 7, a prepared transaction"),
        new Row(
            "others wait for it", waiting(new Wait(4740, List.of(4733))), IN_FLIGHT, "IN FLIGHT"),
        new Row("one waits for nobody", waiting(new Wait(4733, List.of())), BLOCKED, "not known"),
        new Row(
            "one waits and for whom was not read",
            migrating()
                .database("backends", List.of(Sessions.waiting(Sessions.from(4733, "10.42.0.41")))),
            BLOCKED,
            "who holds it is not known"),
        new Row(
            "a pod waits behind a session whose client was seen to end",
            Scenery.of(Troubles::orphaned).before(UpgradeWorld::migrating),
            WAITING,
            "coder-6b8f9c7d4-9fq7c for the migration lock behind pid 4733, whose client has ended"),
        new Row(
            "a pod waits behind a session at no pod's address",
            migrating()
                .database(
                    "backends",
                    List.of(
                        Sessions.from(4733, "10.42.9.9"),
                        Sessions.waiting(Sessions.from(4740, "10.42.0.41"))))
                .database("migrationLock", new MigrationLock(Optional.of(4733), List.of(4740))),
            IN_FLIGHT,
            "pid 4733 (whether its client is there is not known)"),
        new Row(
            "a pod waits, and nobody holds the lock",
            running().database("migrationLock", new MigrationLock(Optional.empty(), List.of(4740))),
            WAITING,
            "pid 4740 for the migration lock, which no session holds"),
        new Row(
            "one keeps the lock between two migrations",
            migrating()
                .database("backends", List.of(Sessions.from(4733, "10.42.0.41")))
                .database("schema", number(370, false)),
            IN_FLIGHT,
            "IN FLIGHT by pid 4733"),
        new Row(
            "its session is gone from the list",
            migrating().database("backends", List.of()),
            IN_FLIGHT,
            "IN FLIGHT by pid 4733"),
        new Row(
            "the table is locked, and the lock of migrations is free",
            migrating()
                .database("migrationLock", MigrationLock.free())
                .database("schema", SchemaTable.locked("public", Optional.of(4733))),
            UNKNOWN,
            "pid 4733 keeps schema_migrations locked, and does not migrate"),
        new Row(
            "the table is locked by nobody that is known",
            migrating()
                .database("migrationLock", MigrationLock.free())
                .database("schema", SchemaTable.locked("public", Optional.empty())),
            UNKNOWN,
            "its holder is gone"),
        new Row(
            "the number is higher", schema(running(), number(401, false)), COMMITTED, "362 → 401"),
        new Row("it is dirty", schema(running(), number(370, true)), DIRTY, "DIRTY at 370"),
        new Row("one was seen and is gone", seenOne, ROLLED_BACK, "ROLLED BACK to 362"),
        new Row(
            "one was seen, and the number before it was not",
            schema(running(), number(401, false))
                .recallsNothing()
                .recalls(RunFacts.MIGRATION_SEEN, "2026-03-04T21:06:00Z"),
            IDLE,
            "IDLE at 401"),
        new Row(
            "there is no row",
            schema(running(), without(SchemaTable.State.EMPTY)),
            EMPTY,
            "no row"),
        new Row(
            "there is no table at all",
            schema(running(), without(SchemaTable.State.MISSING)),
            EMPTY,
            "without any table"),
        new Row(
            "there are only other tables",
            schema(running(), without(SchemaTable.State.FOREIGN)),
            WRONG_DATABASE,
            "none of them is Coder's"),
        new Row(
            "it is a Coder v1's",
            schema(
                running(),
                without(SchemaTable.State.FOREIGN).beside(List.of(), Optional.of("public"))),
            WRONG_DATABASE,
            "a Coder v1"),
        new Row(
            "the number is a date",
            schema(running(), number(20241016151312L, false)),
            WRONG_DATABASE,
            "no schema number of Coder's"),
        new Row(
            "nothing says which schema",
            schema(running(), without(SchemaTable.State.AMBIGUOUS)),
            UNKNOWN,
            "several schemas"),
        new Row(
            "it may not be read",
            schema(running(), without(SchemaTable.State.UNREADABLE)),
            UNKNOWN,
            "cannot be read"),
        new Row(
            "it is a standby", running().databaseIdentity("standby", true), UNKNOWN, "standby"));
  }

  @TestFactory
  Stream<DynamicTest> aMigrationIsTold() {
    return rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.when,
                    () -> {
                      MigrationState state = MigrationState.of(row.seen.seen());
                      assertThat(state.kind()).as(state.headline()).isEqualTo(row.kind);
                      assertThat(state.headline()).contains(row.headline);
                      assertThat(state.evidence()).isNotEmpty();
                    }));
  }

  @Test
  void everyStateIsTried() {
    assertThat(rows().stream().map(Row::kind).distinct().toList())
        .containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void anOldOrLostDatabaseTellsNothing() {
    for (Snapshot seen : Scenery.everyGoodMoment()) {
      Snapshot later = seen.at(seen.now().plus(Snapshot.FRESH).plusMillis(1));
      assertThat(MigrationState.of(later).kind()).isEqualTo(UNKNOWN);
      Snapshot lost = seen.withDatabase(seen.database().lost("refused"));
      assertThat(MigrationState.of(lost).kind()).isEqualTo(UNKNOWN);
      assertThat(MigrationState.of(lost).evidence()).containsExactly("refused");
    }
  }

  @Test
  void itsClockIsThatOfItsTransaction() {
    assertThat(MigrationState.of(migrating().seen()).running().orElseThrow()).hasSeconds(130);
    assertThat(MigrationState.of(running().seen()).running()).isEmpty();
  }

  @Test
  void aSessionThatLooksIdleBetweenTwoMigrationsIsSaidToBeNoneToEnd() {
    MigrationState state =
        MigrationState.of(
            migrating()
                .recalls(RunFacts.MIGRATION_SEEN, Scenery.NOW.minusSeconds(90).toString())
                .database("backends", List.of(Sessions.from(4733, "10.42.0.41")))
                .database("schema", number(370, true))
                .seen());
    assertThat(String.join("\n", state.evidence()))
        .contains("looks idle between two migrations", "schema_migrations = 370, marked dirty");
    assertThat(state.running().orElseThrow()).hasSeconds(90);
  }

  @Test
  void progressIsReadOffTheMigratingPodsLog() {
    List<String> lines =
        List.of(
            "2026-03-04 21:15:01.1 [info]  migrations: starting database migration "
                + " event=migration_run_started  version=371  name=api_key_scopes  position=9 "
                + " total=39",
            "something else");
    assertThat(MigrationState.of(logging(lines)).progress())
        .contains("migration 371 api_key_scopes, 9 of 39");
    assertThat(
            MigrationState.of(
                    logging(
                        List.of(
                            "{\"msg\":\"x\",\"fields\":{\"event\":\"migration_run_applied\",\"version\":372}}")))
                .progress())
        .contains("migration 372, applied and not committed");
    assertThat(MigrationState.of(logging(List.of("event=migration_run_started"))).progress())
        .isEmpty();
  }

  private static Snapshot logging(List<String> lines) {
    PodLog log =
        new PodLog(
            "coder-6b8f9c7d4-9fq7c",
            0,
            Observed.known(lines, Scenery.NOW),
            Observed.known(List.of(), Scenery.NOW));
    return migrating().cluster("logs", List.of(log)).seen();
  }
}
