package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.KNOWLEDGE;
import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.at;
import static dev.lockkeeper.check.Row.drained;
import static dev.lockkeeper.check.Row.lost;
import static dev.lockkeeper.check.Row.old;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Row.upgraded;
import static dev.lockkeeper.check.Row.withBackends;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.database.NoBackupRuns;
import dev.lockkeeper.check.database.NoBuildRuns;
import dev.lockkeeper.check.database.NobodyInTheWay;
import dev.lockkeeper.check.database.NobodyWaits;
import dev.lockkeeper.check.deployment.Drained;
import dev.lockkeeper.check.deployment.OnlyTargetReplicas;
import dev.lockkeeper.check.migration.MigrationCommitted;
import dev.lockkeeper.check.migration.NoMigrationRuns;
import dev.lockkeeper.check.migration.SchemaIsClean;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.SchemaTable.State;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL shows. */
final class RowsOfTheDatabase {
  private RowsOfTheDatabase() {}

  static List<Row> all() {
    Check clean = new SchemaIsClean();
    Check still = new NoMigrationRuns();
    Check committed = new MigrationCommitted();
    Check waits = new NobodyWaits();
    Check free = new NobodyInTheWay();
    Check backup = new NoBackupRuns();
    Check builds = new NoBuildRuns();
    Check only = new OnlyTargetReplicas();
    Check empty = new Drained();
    return List.of(
        row(clean, "it is", running(), PASS, "schema 362, not dirty"),
        row(clean, "it is dirty", at(running(), 362, true), FAIL, "dirty at 362"),
        row(clean, "it is empty", without(State.EMPTY), FAIL, "so it is"),
        row(clean, "there is none", without(State.MISSING), FAIL, "so it is"),
        row(clean, "it is another's", without(State.FOREIGN), FAIL, "not Coder's database"),
        row(clean, "there are several", without(State.AMBIGUOUS), UNKNOWN, "so it is"),
        row(clean, "it may not be read", without(State.UNREADABLE), UNKNOWN, "so it is"),
        row(clean, "it is a date", at(running(), 20241016151312L, false), FAIL, "no schema number"),
        row(clean, "it is Coder v1's", v1(), FAIL, "Coder v1"),
        row(clean, "there is a second one", second(), PASS, "in staging, too"),
        row(still, "it is another's database", without(State.FOREIGN), UNKNOWN, "WRONG DATABASE"),
        row(clean, "it is a trap", at(running(), 316, false), FAIL, "316"),
        row(clean, "it is locked", Scenery.of(UpgradeWorld::migrating), UNKNOWN, "locked"),
        row(free, "nobody sits on a table", running(), PASS, "no session"),
        row(
            free,
            "one holds api_keys",
            Scenery.of(UpgradeWorld::contended),
            FAIL,
            "holds api_keys"),
        row(free, "one is hidden", withBackends(running(), Sessions.hidden(8)), UNKNOWN, "hidden"),
        row(still, "nobody migrates", running(), PASS, "IDLE at 362"),
        row(still, "somebody does", Scenery.of(UpgradeWorld::migrating), FAIL, "IN FLIGHT"),
        row(still, "somebody is blocked", Scenery.of(UpgradeWorld::blocked), FAIL, "BLOCKED"),
        row(
            still,
            "it is a standby",
            running().databaseIdentity("standby", true),
            UNKNOWN,
            "standby"),
        row(committed, "it is", upgraded(), PASS, "COMMITTED 362 → 401; wanted 401"),
        row(committed, "it is not", running(), FAIL, "IDLE at 362"),
        row(committed, "it runs", Scenery.of(UpgradeWorld::migrating), FAIL, "IN FLIGHT"),
        row(committed, "it is dirty", at(upgraded(), 401, true), FAIL, "DIRTY"),
        row(committed, "it stopped half-way", at(upgraded(), 390, false), FAIL, "wanted 401"),
        row(committed, "no migration was left", at(running(), 401, false), PASS, "wanted 401"),
        row(
            committed,
            "no migration was left to begin with",
            at(running(), 401, false).recalls("schema", "401"),
            PASS,
            "IDLE at 401"),
        row(
            committed,
            "a number is only a lower bound, and it was reached before",
            beyond(running()),
            UNKNOWN,
            "exact number"),
        row(committed, "the target is not known", running().wantsNothing(), UNKNOWN, ""),
        row(waits, "no session does", running(), PASS, "none waits"),
        row(waits, "four do", Scenery.of(UpgradeWorld::contended), FAIL, "4 sessions"),
        row(backup, "none does", running(), PASS, "pg_dump"),
        row(backup, "one does", withBackends(running(), Sessions.of(7, "pg_dump")), FAIL, "pid 7"),
        row(
            backup,
            "a session is hidden",
            withBackends(running(), Sessions.hidden(8)),
            UNKNOWN,
            "1 session hidden"),
        row(builds, "none does", running(), PASS, "0 running"),
        row(builds, "some do", running().database("usage", jobs(2, 1)), FAIL, "2 running, 1 pend"),
        row(
            builds,
            "they could be counted once",
            running().database("usage", only(lost(new Database.Builds(0, 0)))),
            UNKNOWN,
            ""),
        row(
            builds,
            "nobody has counted for long",
            running().database("usage", only(old(new Database.Builds(0, 0)))),
            UNKNOWN,
            ""),
        row(only, "it does", upgraded(), PASS, "3 live rows for 3 Ready pods: v2.29.3"),
        row(
            only,
            "an old one lives",
            upgraded().database("replicas", rows(live("v2.29.3", 1), live("v2.26.6", 59))),
            FAIL,
            "v2.26.6, v2.29.3"),
        row(
            only,
            "an old one died",
            upgraded()
                .database(
                    "replicas",
                    rows(
                        live("v2.29.3", 1),
                        live("v2.29.3", 2),
                        live("v2.29.3", 3),
                        live("v2.26.6", 61))),
            PASS,
            "3 live rows"),
        row(
            only,
            "a pod has no row yet",
            upgraded().database("replicas", rows(live("v2.29.3", 1))),
            FAIL,
            "1 live row for 3 Ready pods"),
        row(only, "there is no row", upgraded().database("replicas", rows()), FAIL, "0 live"),
        row(only, "it is lost", upgraded().database("replicas", lost(List.of())), UNKNOWN, ""),
        row(empty, "all is quiet", drained(), PASS, "no reconnect for 10 s"),
        row(empty, "it was quiet for 9 s", drained().quietFor(9), FAIL, "9 s"),
        row(empty, "two pods stop", draining(), FAIL, "2 pods of 0 left"),
        row(empty, "an evicted pod is still listed", withEvictedPod(), PASS, "0 pods"),
        row(
            empty,
            "a session outlived its pod",
            withBackends(drained(), Sessions.from(9, "10.42.0.99")),
            FAIL,
            "1 session of Coder's role without a pod"),
        row(
            empty,
            "a session is hidden",
            withBackends(drained(), Sessions.hidden(8)),
            UNKNOWN,
            "hidden"),
        row(empty, "one pod was to stay", keepsOne(), PASS, "1 pod keeps 10 sessions"),
        row(empty, "nothing was chosen", Scenery.of(UpgradeWorld::drained), UNKNOWN, ""));
  }

  private static Scenery without(State state) {
    return schema(SchemaTable.without(state, Optional.empty(), "so it is"));
  }

  private static Scenery v1() {
    return schema(
        SchemaTable.without(State.FOREIGN, Optional.empty(), "none")
            .beside(List.of(), Optional.of("public")));
  }

  private static Scenery second() {
    return schema(
        SchemaTable.read("public", 362, false).beside(List.of("staging"), Optional.empty()));
  }

  private static Scenery schema(SchemaTable table) {
    return running().database("schema", table);
  }

  private static Observed<List<Database.ReplicaRow>> rows(Database.ReplicaRow... rows) {
    return Observed.known(List.of(rows), NOW);
  }

  private static Database.ReplicaRow live(String version, int secondsAgo) {
    return new Database.ReplicaRow("pod", version, true, Duration.ofSeconds(secondsAgo));
  }

  private static Database.Usage jobs(long running, long pending) {
    return only(Observed.known(new Database.Builds(running, pending), NOW));
  }

  /** Whether builds can be counted does not depend on users and agents. */
  private static Database.Usage only(Observed<Database.Builds> builds) {
    return new Database.Usage(
        builds, Observed.unknown("locked", NOW), Observed.unknown("locked", NOW));
  }

  private static Scenery withEvictedPod() {
    Pod old = UpgradeWorld.running(NOW).cluster().pods().get(0);
    return drained().cluster("pods", List.of(Altered.of(old, "phase", "Failed")));
  }

  private static Scenery draining() {
    return Scenery.of(UpgradeWorld::draining).chose("scale-to", "zero");
  }

  private static Scenery keepsOne() {
    return Scenery.of(now -> UpgradeWorld.upgraded(now, 1)).chose("scale-to", "one");
  }

  /** A target newer than all that are known, and a database at the newest known number. */
  private static Scenery beyond(Scenery scenery) {
    long newest = KNOWLEDGE.schemaOf(CoderVersion.of(99, 0, 0)).orElseThrow().number();
    return at(scenery, newest, false)
        .recalls("target", "v99.0.0")
        .recalls("schema", Long.toString(newest));
  }
}
