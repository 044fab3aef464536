package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.at;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Row.upgraded;
import static dev.lockkeeper.check.Row.withBackends;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.database.ConnectionsAreAllowed;
import dev.lockkeeper.check.database.ConnectionsAreLimited;
import dev.lockkeeper.check.database.NoCoderdSession;
import dev.lockkeeper.check.database.NoOrphans;
import dev.lockkeeper.check.database.NoPreparedBlocks;
import dev.lockkeeper.check.database.NoSessionBlocks;
import dev.lockkeeper.check.database.NoSessionLeft;
import dev.lockkeeper.check.database.NobodyHoldsTheMigrationLock;
import dev.lockkeeper.check.database.NothingToCancel;
import dev.lockkeeper.check.deployment.ImageIsAsSaid;
import dev.lockkeeper.check.deployment.MemoryIsAsSaid;
import dev.lockkeeper.check.deployment.NoPods;
import dev.lockkeeper.check.deployment.WantsNoPods;
import dev.lockkeeper.check.helm.HelmKnowsTheLimit;
import dev.lockkeeper.check.migration.ActingHelps;
import dev.lockkeeper.check.migration.AnotherImageHelps;
import dev.lockkeeper.check.migration.ImageFitsSchema;
import dev.lockkeeper.check.migration.ImageIsServed;
import dev.lockkeeper.check.migration.MigrationGoesOn;
import dev.lockkeeper.check.migration.MigrationSettled;
import dev.lockkeeper.check.migration.MoreMemoryHelps;
import dev.lockkeeper.check.migration.NoMigrationWorks;
import dev.lockkeeper.check.migration.SchemaIsDirty;
import dev.lockkeeper.check.migration.SchemaIsNotDirty;
import dev.lockkeeper.check.migration.WaitingHelps;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.ServerLoad.Slots;
import dev.lockkeeper.story.RecoveryWorld;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the checks of a recovery answer. */
final class RowsOfTheRecovery {
  private RowsOfTheRecovery() {}

  static List<Row> all() {
    return Stream.of(
            toWaitOrToAct(),
            alone(),
            blocking(),
            lock(),
            pods(),
            sessions(),
            door(),
            schema(),
            end())
        .flatMap(List::stream)
        .toList();
  }

  /** Cures that stop nothing that serves. */
  private static List<Row> alone() {
    Check image = new AnotherImageHelps();
    Check memory = new MoreMemoryHelps();
    Check limit = new MemoryIsAsSaid();
    Check told = new HelmKnowsTheLimit();
    Scenery killed = Scenery.of(Troubles::outOfMemory);
    return List.of(
        row(image, "its migration fails", Scenery.of(Troubles::failed), PASS, "already exists"),
        row(image, "it is older than the database", older(), PASS, "older than the database"),
        row(image, "it works", works(), FAIL, "no problem of the image"),
        row(image, "it is OOMKilled", killed, FAIL, "no problem of the image"),
        row(image, "nothing was read", works().unread(), UNKNOWN, "cannot be read"),
        row(memory, "it is", Scenery.of(Troubles::outOfMemory), PASS, "ran out of memory"),
        row(memory, "its migration fails", Scenery.of(Troubles::failed), FAIL, "no OOMKill"),
        row(memory, "nothing was read", works().unread(), UNKNOWN, "cannot be read"),
        row(limit, "it is", said("512Mi"), PASS, "limit 512Mi"),
        row(limit, "it is another", said("2Gi"), FAIL, "limit 512Mi, you named 2Gi"),
        row(limit, "there is none", works().said("memory-limit", "2Gi"), FAIL, "limit none"),
        row(limit, "nobody said", Scenery.of(Troubles::outOfMemory), UNKNOWN, "not known"),
        row(told, "it is the one", tells("512Mi"), PASS, "you said 512Mi"),
        row(told, "it is the one of before", tells("256Mi"), FAIL, "the deployment has 512Mi"),
        row(told, "words", tells("as it should be"), FAIL, "the deployment has 512Mi"),
        row(told, "nobody said", Scenery.of(Troubles::outOfMemory), UNKNOWN, "not known"));
  }

  private static Scenery older() {
    return Scenery.of(UpgradeWorld::running)
        .database("schema", SchemaTable.read("public", 401, false));
  }

  private static Scenery said(String limit) {
    return Scenery.of(Troubles::outOfMemory).said("memory-limit", limit);
  }

  private static Scenery works() {
    return Scenery.of(Troubles::writing);
  }

  private static Scenery unseen() {
    return withBackends(works(), Sessions.hidden(4733));
  }

  private static Scenery blocked() {
    return Scenery.of(UpgradeWorld::blocked);
  }

  private static Scenery orphaned() {
    return Scenery.of(Troubles::orphaned);
  }

  private static Scenery seenToEnd() {
    return orphaned().before(UpgradeWorld::migrating);
  }

  /** Nobody queues behind it. */
  private static Scenery leftAlone() {
    return seenToEnd().database("migrationLock", new MigrationLock(Optional.of(4733), List.of()));
  }

  private static Scenery standby() {
    return blocked().databaseIdentity("standby", true);
  }

  private static Scenery latest(Scenery scenery) {
    return scenery.deployment("image", "coder:latest");
  }

  private static List<Row> toWaitOrToAct() {
    Check waiting = new WaitingHelps();
    Check acting = new ActingHelps();
    Check works = new NoMigrationWorks();
    Check goesOn = new MigrationGoesOn();
    return List.of(
        row(waiting, "a migration works", works(), PASS, "nothing is found that needs you"),
        row(waiting, "who migrates is hidden", unseen(), UNKNOWN, "pid 4733"),
        row(waiting, "one is blocked", blocked(), FAIL, "pid 5102"),
        row(waiting, "its pod is gone", orphaned(), FAIL, "pid 4733"),
        row(acting, "a migration works", works(), FAIL, "The migration works"),
        row(acting, "one is blocked", blocked(), PASS, "blocks the migration"),
        row(acting, "all is well", upgraded(), PASS, ""),
        row(works, "one does", works(), FAIL, "its work would be lost"),
        row(works, "it is blocked and gets nowhere", blocked(), PASS, "BLOCKED"),
        row(works, "its client was seen to end", seenToEnd(), PASS, "whose client has ended"),
        row(works, "its client has only likely ended", orphaned(), UNKNOWN, "could also be"),
        row(works, "nobody migrates", running(), PASS, "IDLE"),
        row(works, "it is a standby", standby(), UNKNOWN, "standby"),
        row(goesOn, "one works", works(), PASS, "IN FLIGHT"),
        row(goesOn, "who migrates is hidden", unseen(), UNKNOWN, "pid 4733"),
        row(goesOn, "its client is gone", leftAlone(), FAIL, "its client has ended"),
        row(goesOn, "it is over", upgraded(), PASS, "COMMITTED"),
        row(goesOn, "it is blocked", blocked(), FAIL, "BLOCKED"),
        row(goesOn, "nobody migrates and nobody will", Scenery.of(UpgradeWorld::renamed), FAIL, ""),
        row(goesOn, "a pod may begin", Scenery.of(Troubles::failed), UNKNOWN, "may still migrate"),
        row(goesOn, "it is a standby", standby(), UNKNOWN, "standby"));
  }

  private static List<Row> blocking() {
    Check cancel = new NothingToCancel();
    Check session = new NoSessionBlocks();
    Check prepared = new NoPreparedBlocks();
    return List.of(
        row(cancel, "nobody blocks", running(), PASS, "no session does"),
        row(cancel, "one is idle in transaction", blocked(), PASS, "a cancel does not help here"),
        row(cancel, "a statement blocks", blockedBy("active", "metabase"), FAIL, "pid 9"),
        row(
            cancel,
            "who blocks is hidden",
            Scenery.of(now -> RecoveryWorld.blockedBy(now, Sessions.hidden(9))),
            UNKNOWN,
            "left alone: pid 9"),
        row(cancel, "it is a standby", standby(), UNKNOWN, ""),
        row(session, "no session does", running(), PASS, "no session does: IDLE"),
        row(session, "one does", blocked(), FAIL, "pid 5102 (reporting by metabase"),
        row(session, "a backup does", blockedBy("active", "pg_dump"), FAIL, "left alone: pid 9"),
        row(
            session,
            "a prepared transaction does",
            Scenery.of(now -> RecoveryWorld.prepared(now, "order-17")),
            PASS,
            "only a prepared"),
        row(
            session,
            "it waits, and for whom cannot be told",
            blocked().database("waits", List.of()),
            UNKNOWN,
            "is not known"),
        row(session, "it is a standby", standby(), UNKNOWN, ""),
        row(prepared, "there is none", blocked(), PASS, "there is none"),
        row(
            prepared,
            "one does",
            Scenery.of(now -> RecoveryWorld.prepared(now, "order-17")),
            FAIL,
            "order-17"),
        row(
            prepared,
            "there are two, and nobody waits",
            Scenery.of(now -> RecoveryWorld.prepared(now, "a", "b")).database("waits", List.of()),
            PASS,
            "2 prepared"),
        row(prepared, "it is a standby", standby(), UNKNOWN, ""));
  }

  private static Scenery blockedBy(String state, String application) {
    return Scenery.of(
        now -> RecoveryWorld.blockedBy(now, RecoveryWorld.in(state, Sessions.of(9, application))));
  }

  private static List<Row> lock() {
    Check orphans = new NoOrphans();
    Check held = new NobodyHoldsTheMigrationLock();
    return List.of(
        row(orphans, "nobody holds it", running(), PASS, "no session holds it"),
        row(orphans, "its holder lives", works(), PASS, "nothing says"),
        row(orphans, "its holder's pod is gone", orphaned(), FAIL, "pid 4733"),
        row(orphans, "its holder cannot be seen", unseen(), UNKNOWN, "pid 4733"),
        row(
            orphans,
            "one that waits for it cannot be seen",
            works().database("migrationLock", new MigrationLock(Optional.of(4733), List.of(77))),
            UNKNOWN,
            "pid 77"),
        row(held, "no session does", running(), PASS, "no session does"),
        row(held, "a migrator does", works(), FAIL, "held by pid 4733, 0 waiting"),
        row(
            held,
            "the table is locked by one without the lock",
            works().database("migrationLock", MigrationLock.free()),
            FAIL,
            "schema_migrations is locked by pid 4733"),
        row(
            held,
            "the table cannot be read",
            running().database("schema", unreadable()),
            UNKNOWN,
            "no right"));
  }

  private static SchemaTable unreadable() {
    return SchemaTable.without(
        SchemaTable.State.UNREADABLE, Optional.of("public"), "no right to read it");
  }

  private static List<Row> pods() {
    Check wanted = new WantsNoPods();
    Check left = new NoPods();
    Scenery gone = running().cluster("deployment", Optional.empty());
    return List.of(
        row(wanted, "none is", Scenery.of(UpgradeWorld::draining), PASS, "wants 0 replicas"),
        row(wanted, "three are", running(), FAIL, "wants 3"),
        row(wanted, "the deployment is gone", gone, UNKNOWN, ""),
        row(left, "none is", Scenery.of(UpgradeWorld::renamed), PASS, "0 pods"),
        row(
            left,
            "one is Terminating",
            Scenery.of(RecoveryWorld::leaving),
            FAIL,
            "1 pod, 1 of them Terminating; 0 wanted"),
        row(left, "none is left and one is wanted", running().cluster("pods", List.of()), FAIL, ""),
        row(left, "the deployment is gone", gone, UNKNOWN, ""));
  }

  private static List<Row> sessions() {
    Check coderd = new NoCoderdSession();
    Check any = new NoSessionLeft();
    return List.of(
        row(coderd, "all is quiet", nobody(), PASS, "none for 10 s"),
        row(coderd, "it was for 9 s", nobody().quietFor(9), FAIL, "9 s"),
        row(
            coderd,
            "one is left",
            withBackends(nobody(), Sessions.from(9, RecoveryWorld.GONE)),
            FAIL,
            "1 coderd session left"),
        row(coderd, "one is hidden", withBackends(nobody(), Sessions.hidden(8)), UNKNOWN, "hidden"),
        row(coderd, "not all are read", unread(), UNKNOWN, "7 sessions not read"),
        row(any, "not all are read", unread(), UNKNOWN, "7 sessions not read"),
        row(any, "none is", nobody(), PASS, "none"),
        row(any, "a tool's is", withBackends(nobody(), Sessions.of(9, "psql")), FAIL, "1 session"),
        row(
            any,
            "a backup's is",
            withBackends(nobody(), Sessions.of(9, "pg_dump")),
            PASS,
            "it is a backup"),
        row(any, "one is hidden", withBackends(nobody(), Sessions.hidden(8)), UNKNOWN, "hidden"));
  }

  private static Scenery unread() {
    return nobody().database("unlisted", new Database.Unlisted(7, 0));
  }

  private static Scenery nobody() {
    return Scenery.of(UpgradeWorld::renamed).quietFor(10);
  }

  private static Scenery tells(String limit) {
    return Scenery.of(Troubles::outOfMemory).said(HelmKnowsTheLimit.TOLD, limit);
  }

  private static List<Row> door() {
    Check up = new ConnectionsAreLimited();
    Check down = new ConnectionsAreAllowed();
    Scenery unread = running().database("slots", Row.lost(new Slots(100, 3, 10, -1, 4, 0)));
    return List.of(
        row(up, "it is", limited(0), PASS, "connection limit 0"),
        row(up, "it is open", limited(-1), FAIL, "no connection limit"),
        row(up, "it was not read", unread, UNKNOWN, ""),
        row(down, "it is open", limited(-1), PASS, "no connection limit"),
        row(down, "there is a limit", limited(40), PASS, "connection limit 40"),
        row(down, "it is closed", limited(0), FAIL, "connection limit 0"),
        row(down, "as before", limited(40).recalls(RunFacts.LIMIT_OWED, "40"), PASS, "limit 40"),
        row(
            down,
            "another one than before",
            limited(5).recalls(RunFacts.LIMIT_OWED, "-1"),
            FAIL,
            "connection limit 5; before this run set it: no connection limit"),
        row(
            down,
            "the run had found another one, and closed this one",
            limited(40)
                .recalls(RunFacts.CONNECTION_LIMIT, "100")
                .recalls(RunFacts.LIMIT_OWED, "40"),
            PASS,
            "connection limit 40"),
        row(down, "it was not read", unread, UNKNOWN, ""));
  }

  private static Scenery limited(int limit) {
    return running().database("slots", Observed.known(new Slots(100, 3, 10, -1, 4, limit), NOW));
  }

  private static List<Row> schema() {
    Check dirty = new SchemaIsDirty();
    Check clean = new SchemaIsNotDirty();
    Check fits = new ImageFitsSchema();
    Check said = new ImageIsAsSaid();
    return List.of(
        row(dirty, "it is", at(running(), 371, true), PASS, "schema 371, dirty"),
        row(dirty, "it is not", running(), FAIL, "not dirty"),
        row(dirty, "it is locked", works(), UNKNOWN, "locked"),
        row(clean, "it is not", running(), PASS, "schema 362, not dirty"),
        row(clean, "it is", at(running(), 371, true), FAIL, "dirty"),
        row(clean, "it is locked", works(), UNKNOWN, "locked"),
        row(fits, "it is at home", running(), PASS, "nothing is left to migrate"),
        row(fits, "it is newer", Scenery.of(UpgradeWorld::renamed), PASS, "39 migrations"),
        row(fits, "it is older", at(running(), 401, false), FAIL, "use v2.29."),
        row(fits, "it has no version", latest(running()), UNKNOWN, ""),
        row(fits, "the number is locked", works(), UNKNOWN, ""),
        row(said, "it is", running().said("image-version", "v2.26.6"), PASS, "v2.26.6"),
        row(said, "it is not", running().said("image-version", "v2.29.3"), FAIL, "v2.26.6"),
        row(said, "nothing was said", running(), UNKNOWN, "no version"));
  }

  private static List<Row> end() {
    Check settled = new MigrationSettled();
    Check served = new ImageIsServed();
    return List.of(
        row(settled, "they are", upgraded(), PASS, "v2.29.3 takes it to 401"),
        row(settled, "nothing was to do", running(), PASS, "v2.26.6 takes it to 362"),
        row(settled, "it runs", works(), FAIL, "IN FLIGHT"),
        row(settled, "it is dirty", at(upgraded(), 401, true), FAIL, "DIRTY"),
        row(settled, "it is half-way", at(upgraded(), 390, false), FAIL, "to 401"),
        row(settled, "the image has no version", latest(upgraded()), UNKNOWN, ""),
        row(served, "they do", upgraded(), PASS, "serving v2.29.3"),
        row(served, "none is Ready", works(), FAIL, "no pod is Ready"),
        row(served, "the image has no version", latest(upgraded()), UNKNOWN, ""));
  }
}
