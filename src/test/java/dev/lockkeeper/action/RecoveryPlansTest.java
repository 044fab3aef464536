package dev.lockkeeper.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ServerLoad;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Altered;
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

/** What each act of a recovery would ask, whom it leaves alone, and when it would not be done. */
class RecoveryPlansTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final Action CANCEL = new EndBlockers(Manner.CANCEL);
  private static final Action END = new EndBlockers(Manner.TERMINATE);
  private static final Action CODERD = new EndSessions(false);
  private static final Action ALL = new EndSessions(true);
  private static final Action CLOSE = new LimitConnections(true);
  private static final Action OPEN = new LimitConnections(false);
  private static final List<Action> EVERY =
      List.of(
          new ScaleToZero(),
          new EndOrphans(),
          CANCEL,
          END,
          new RollBackPrepared(),
          CLOSE,
          CODERD,
          ALL,
          new RepairDirty(),
          new SetImage(),
          OPEN);

  private static final String OLDER = "ghcr.io/coder/coder:v2.26.6";

  private static Plan plan(Action action, Scenery seen) {
    Proposal proposal = action.propose(seen.seen(), KNOWLEDGE);
    assertThat(proposal.reason()).isEmpty();
    return proposal.plan().orElseThrow();
  }

  private static List<Integer> ended(Plan plan) {
    return ((EndRequest) plan.request()).sessions().stream().map(EndRequest.Session::pid).toList();
  }

  private static Backend idle(Backend session) {
    return RecoveryWorld.in("idle in transaction", session);
  }

  private static Scenery blockedBy(Backend... sessions) {
    return Scenery.of(now -> RecoveryWorld.blockedBy(now, sessions));
  }

  private static Scenery zero(Backend... sessions) {
    return Scenery.of(now -> RecoveryWorld.zero(now, 362, false, sessions));
  }

  private static Scenery dirty(String number) {
    return Scenery.of(now -> RecoveryWorld.zero(now, 371, true)).said("dirty-version", number);
  }

  private static Scenery limited(int limit) {
    return Scenery.of(
        now -> RecoveryWorld.limited(RecoveryWorld.zero(now, 362, false), now, limit));
  }

  @Test
  void onlyWhoBlocksTheMigratorEnds() {
    Plan plan = plan(END, Scenery.of(UpgradeWorld::blocked));
    EndRequest request = (EndRequest) plan.request();
    assertThat(request.grounds()).isEqualTo(Grounds.BLOCKS_MIGRATION);
    assertThat(request.manner()).isEqualTo(Manner.TERMINATE);
    assertThat(request.sessions())
        .containsExactly(
            new EndRequest.Session(
                5102,
                "2026-03-04 20:55:10.201133+00",
                "reporting",
                "reporting by metabase at 10.0.8.14"));
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.phrase()).isEqualTo("5102");
    assertThat(plan.effects())
        .containsExactly(
            "ends: pid 5102 (reporting by metabase at 10.0.8.14), idle in transaction for 47m12s",
            "frees pid 4733 (coder-6b8f9c7d4-9fq7c, v2.29.3) from this lock");
  }

  @Test
  void severalThatBlockAreConfirmedByTheirNumber() {
    Plan plan =
        plan(END, blockedBy(idle(Sessions.of(8, "metabase")), idle(Sessions.of(9, "psql"))));
    assertThat(ended(plan)).containsExactlyInAnyOrder(8, 9);
    assertThat(plan.phrase()).isEqualTo("2");
  }

  @Test
  void aBackupThatBlocksIsLeftAloneAndTheMigratorIsSaidToWaitOn() {
    Plan plan =
        plan(END, blockedBy(idle(Sessions.of(8, "metabase")), idle(Sessions.of(9, "pg_dump"))));
    assertThat(ended(plan)).containsExactly(8);
    assertThat(plan.effects())
        .anyMatch(line -> line.startsWith("left alone: pid 9") && line.contains("it is a backup"))
        .anyMatch(line -> line.endsWith("still waits afterwards: for pid 9"));
  }

  @Test
  void aCancelIsForStatementsUnderWayOnly() {
    Backend working = RecoveryWorld.in("active", Sessions.of(8, "metabase"));
    Plan plan = plan(CANCEL, blockedBy(working, idle(Sessions.of(9, "psql"))));
    assertThat(ended(plan)).containsExactly(8);
    assertThat(plan.risk()).isEqualTo(Risk.DISRUPTIVE);
    assertThat(plan.effects()).anyMatch(line -> line.endsWith("still waits afterwards: for pid 9"));
  }

  @Test
  void aSessionWhoseClientWasSeenToEndEndsThoughItMigrates() {
    Plan plan =
        plan(new EndOrphans(), Scenery.of(Troubles::orphaned).before(UpgradeWorld::migrating));
    assertThat(ended(plan)).containsExactly(4733);
    assertThat(((EndRequest) plan.request()).grounds()).isEqualTo(Grounds.ORPHANED);
    assertThat(plan.phrase()).isEqualTo("4733");
    assertThat(plan.effects()).noneMatch(line -> line.startsWith("in doubt"));
  }

  @Test
  void theEndOfOneWhoseClientMostLikelyEndedIsAskedForWithTheDoubt() {
    Plan plan = plan(new EndOrphans(), Scenery.of(Troubles::orphaned));
    assertThat(ended(plan)).containsExactly(4733);
    assertThat(plan.phrase()).isEqualTo("4733-in-doubt");
    assertThat(plan.effects())
        .anyMatch(line -> line.startsWith("in doubt: it could also be"))
        .anyMatch(line -> line.startsWith("if a client is alive after all"));
  }

  @Test
  void coderdsSessionsEndAndNobodyElses() {
    Plan plan =
        plan(
            CODERD,
            zero(
                Sessions.from(7, RecoveryWorld.GONE),
                Sessions.from(8, RecoveryWorld.GONE),
                Sessions.of(9, "psql"),
                Sessions.hidden(10)));
    assertThat(ended(plan)).containsExactly(7, 8);
    assertThat(plan.phrase()).isEqualTo("2");
    assertThat(plan.effects())
        .anyMatch(line -> line.contains("1 session hidden from our role"))
        .noneMatch(line -> line.contains("still there"));
  }

  @Test
  void whereverPodsRunItIsSaidThatTheirSessionsComeBack() {
    Plan plan = plan(CODERD, Scenery.of(UpgradeWorld::running));
    assertThat(ended(plan)).hasSize(30);
    assertThat(plan.phrase()).isEqualTo("30");
    assertThat(plan.effects()).anyMatch(line -> line.startsWith("3 pods still there"));
    assertThat(plan.effects()).contains("and 26 more");
  }

  @Test
  void aMigratorThatIsAliveIsLeftAlone() {
    Plan plan = plan(ALL, blockedBy(idle(Sessions.of(8, "metabase"))));
    assertThat(ended(plan)).containsExactly(8);
    assertThat(plan.effects()).anyMatch(line -> line.contains("it is the migrator"));
  }

  @Test
  void theLastResortSparesWhatMustNotBeEnded() {
    Backend root = Altered.of(Sessions.of(11, "psql"), "superuser", true);
    Plan plan =
        plan(
            ALL,
            zero(
                Sessions.of(8, "metabase"),
                Sessions.of(9, "pg_dump"),
                Sessions.server(10, "autovacuum worker"),
                root,
                Sessions.hidden(12),
                Sessions.of(13, "lockkeeper")));
    assertThat(ended(plan)).containsExactly(8);
    assertThat(plan.effects()).contains("and 1 more left alone");
  }

  @Test
  void theOldestPreparedTransactionIsRolledBackByItsName() {
    Plan plan = plan(new RollBackPrepared(), prepared("order-17", "order-18"));
    assertThat(plan.request().command()).isEqualTo("ROLLBACK PREPARED 'order-17';");
    assertThat(plan.phrase()).isEqualTo("order-17");
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.effects())
        .anyMatch(line -> line.startsWith("1 other prepared transaction stays"));
  }

  @Test
  void anIdentifierThatNobodyCanTypeIsConfirmedByItsDigest() {
    Plan plan = plan(new RollBackPrepared(), prepared("order \u001b[2J\u202e"));
    assertThat(plan.phrase()).matches("[0-9a-f]{8}");
    assertThat(plan.effects()).anyMatch(line -> line.endsWith("its digest is " + plan.phrase()));
    assertThat(RollBackPrepared.phrase("a b")).isNotEqualTo(RollBackPrepared.phrase("a  b"));
  }

  private static Scenery prepared(String... gids) {
    return Scenery.of(now -> RecoveryWorld.prepared(now, gids));
  }

  @Test
  void stoppingAMigrationThatWorksCannotBeTakenBack() {
    Plan plan = plan(new ScaleToZero(), Scenery.of(Troubles::writing));
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.phrase()).isEqualTo("prod-eu/coder");
    assertThat(plan.effects()).anyMatch(line -> line.contains("all of its work is lost"));
  }

  @Test
  void stoppingOneThatIsBlockedCan() {
    Plan plan = plan(new ScaleToZero(), Scenery.of(UpgradeWorld::blocked));
    assertThat(plan.request())
        .isEqualTo(new ScaleRequest(Contexts.in("coder"), "coder", "uid-deployment", 1, 0));
    assertThat(plan.risk()).isEqualTo(Risk.DISRUPTIVE);
    assertThat(plan.effects())
        .contains("the migration waits and did not get on: it starts again later");
  }

  @Test
  void theDoorIsClosedAndOpenedAsFarAsItWas() {
    Plan closing = plan(CLOSE, limited(40));
    assertThat(closing.request().command())
        .isEqualTo("ALTER DATABASE \"coder\" CONNECTION LIMIT 0;");
    assertThat(closing.undo()).isEqualTo("ALTER DATABASE \"coder\" CONNECTION LIMIT 40;");
    Plan opening = plan(OPEN, limited(0).recalls(LimitConnections.LIMIT, "40"));
    assertThat(((ConnectionLimitRequest) opening.request()).to()).isEqualTo(40);
    assertThat(opening.effects()).contains("as it was when this run began");
  }

  @Test
  void aDoorThatThisRunClosedIsNotOpenBeforeItIsAsItWas() {
    for (int limit : List.of(0, 5, -1)) {
      Scenery owing =
          limited(limit).recalls(LimitConnections.LIMIT, "100").recalls(RunFacts.LIMIT_OWED, "40");
      ConnectionLimitRequest request = (ConnectionLimitRequest) plan(OPEN, owing).request();
      assertThat(request)
          .extracting(ConnectionLimitRequest::from, ConnectionLimitRequest::to)
          .containsExactly(limit, 40);
    }
    assertThat(
            OPEN.propose(limited(40).recalls(RunFacts.LIMIT_OWED, "40").seen(), KNOWLEDGE).plan())
        .isEmpty();
  }

  @Test
  void aDoorThatWasClosedBeforeOrOfWhichNothingIsRememberedIsOpenedWide() {
    for (Scenery seen :
        List.of(
            limited(0),
            limited(0).recalls(LimitConnections.LIMIT, "0"),
            limited(0).recalls(LimitConnections.LIMIT, "many"))) {
      Plan opening = plan(OPEN, seen);
      assertThat(((ConnectionLimitRequest) opening.request()).to()).isEqualTo(-1);
      assertThat(opening.effects()).anyMatch(line -> line.contains("is not known to this run"));
    }
  }

  @Test
  void theDirtyRowBecomesTheNumberThatWasSaid() {
    Plan plan = plan(new RepairDirty(), dirty("370"));
    assertThat(plan.request().command())
        .isEqualTo(
            "UPDATE \"public\".schema_migrations SET version = 370, dirty = false"
                + " WHERE version = 371 AND dirty = true;");
    assertThat(plan.phrase()).isEqualTo("370");
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.effects()).anyMatch(line -> line.contains("counts as never begun"));
    assertThat(plan(new RepairDirty(), dirty("371")).effects())
        .anyMatch(line -> line.contains("counts as done in full"));
  }

  @Test
  void theImageBecomesTheVersionThatWasSaidOrTheTarget() {
    Scenery old = Scenery.of(UpgradeWorld::drained);
    assertThat(plan(new SetImage(), old).request().command()).endsWith("coder:v2.29.3");
    Plan plan = plan(new SetImage(), old.said("image-version", "v2.28.5"));
    assertThat(plan.request().command()).endsWith("coder=ghcr.io/coder/coder:v2.28.5");
    assertThat(plan.risk()).isEqualTo(Risk.DISRUPTIVE);
    assertThat(plan.effects()).anyMatch(line -> line.startsWith("Helm set the image"));
    assertThat(plan(new SetImage(), Scenery.of(UpgradeWorld::running)).risk())
        .isEqualTo(Risk.IRREVERSIBLE);
  }

  /** What starts a pod is without a way back only where that pod has something to migrate. */
  @Test
  void theSmallestCuresAreIrreversibleOnlyWhereAMigrationIsPending() {
    Scenery home = Scenery.of(now -> UpgradeWorld.upgraded(now, 3));
    Scenery older = Scenery.of(now -> UpgradeWorld.upgraded(now, 3)).deployment("image", OLDER);
    assertThat(plan(new SetImage(), older.said("image-version", "v2.29.3")).risk())
        .isEqualTo(Risk.DISRUPTIVE);
    assertThat(plan(new SetImage(), older.said("image-version", "v2.30.0")).risk())
        .isEqualTo(Risk.IRREVERSIBLE);

    home.cluster("deployment", limited(home));
    Plan raised = plan(new RaiseMemory(), home.said("memory-limit", "8Gi"));
    assertThat(raised.risk()).isEqualTo(Risk.DISRUPTIVE);
    assertThat(raised.effects().get(0)).endsWith("which has nothing left to migrate");
    Scenery pending = Scenery.of(Troubles::outOfMemory).said("memory-limit", "8Gi");
    assertThat(plan(new RaiseMemory(), pending).risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan(new RaiseMemory(), home.deployment("image", "coder:latest")).risk())
        .as("a version that is not known may migrate")
        .isEqualTo(Risk.IRREVERSIBLE);
  }

  private static Optional<Deployment> limited(Scenery scenery) {
    return Troubles.limited(scenery.seen().cluster().value().orElseThrow(), "4Gi", 4L << 30)
        .deployment();
  }

  private record Refusal(String when, Action action, Scenery seen, String reason) {}

  @TestFactory
  Stream<DynamicTest> thereIsNoPlan() {
    return Stream.of(
            new Refusal("nobody blocks", END, running(), "no session blocks"),
            new Refusal("a backup blocks", END, blockedBy(Sessions.of(9, "pg_dump")), "left alone"),
            new Refusal("one is hidden", END, blockedBy(Sessions.hidden(9)), "left alone"),
            new Refusal("it is prepared", END, prepared("a"), "prepared transaction"),
            new Refusal(
                "all idle", CANCEL, Scenery.of(UpgradeWorld::blocked), "a cancel does not help"),
            new Refusal(
                "it is a standby",
                END,
                Scenery.of(UpgradeWorld::blocked).databaseIdentity("standby", true),
                "cannot be read"),
            new Refusal(
                "its holder lives", new EndOrphans(), Scenery.of(Troubles::writing), "no session"),
            new Refusal("nobody waits", new RollBackPrepared(), running(), "no migrator waits"),
            new Refusal("coderd is gone", CODERD, zero(Sessions.of(9, "psql")), "no session"),
            new Refusal("all are gone", ALL, zero(), "but our own"),
            new Refusal("it is at zero", new ScaleToZero(), zero(), "already wants 0"),
            new Refusal(
                "it is gone",
                new ScaleToZero(),
                running().cluster("deployment", Optional.empty()),
                "cannot be read"),
            new Refusal("it is closed", CLOSE, limited(0), "0 already"),
            new Refusal("it is open", OPEN, limited(-1), "clients can connect"),
            new Refusal("it was not read", CLOSE, unread(), "cannot be read"),
            new Refusal("nothing was said", new RepairDirty(), dirtyUnsaid(), "first,"),
            new Refusal("a word was said", new RepairDirty(), dirty("the last"), "first,"),
            new Refusal("it is too high", new RepairDirty(), dirty("372"), "above the dirty 371"),
            new Refusal("it is nobody's", new RepairDirty(), dirty("0"), "no migration of Coder"),
            new Refusal("it is clean", new RepairDirty(), zero(), "not dirty"),
            new Refusal(
                "it is too old",
                new SetImage(),
                Scenery.of(now -> RecoveryWorld.zero(now, 401, false))
                    .said("image-version", "v2.26.6"),
                "use v2.29"),
            new Refusal("it is so", new SetImage(), zero(), "already names"),
            new Refusal(
                "nonsense was said",
                new SetImage(),
                running().said("image-version", "newest"),
                "first,"))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.action + ", when " + row.when,
                    () -> {
                      Proposal proposal = row.action.propose(row.seen.seen(), KNOWLEDGE);
                      assertThat(proposal.plan()).isEmpty();
                      assertThat(proposal.reason()).contains(row.reason);
                    }));
  }

  private static Scenery running() {
    return Scenery.of(UpgradeWorld::running);
  }

  private static Scenery dirtyUnsaid() {
    return Scenery.of(now -> RecoveryWorld.zero(now, 371, true));
  }

  private static Scenery unread() {
    Observed<ServerLoad.Slots> lost =
        Observed.known(new ServerLoad.Slots(100, 3, 9, -1, 3, -1), Scenery.NOW).lost("no right");
    return zero().database("slots", lost);
  }

  @Test
  void staleFactsMakeNoPlan() {
    List<Snapshot> all =
        Stream.concat(
                Scenery.everyMoment().stream(),
                Stream.of(
                    Scenery.of(UpgradeWorld::blocked).seen(),
                    Scenery.of(Troubles::orphaned).seen(),
                    prepared("a").seen(),
                    dirty("370").seen()))
            .toList();
    for (Action action : EVERY) {
      for (Snapshot seen : all) {
        Snapshot later = seen.at(seen.now().plus(Snapshot.FRESH).plusMillis(1));
        assertThat(action.propose(later, KNOWLEDGE).plan()).as("%s", action).isEmpty();
      }
    }
  }

  @Test
  void noSnapshotMakesAnActThrow() {
    for (Action action : EVERY) {
      for (Snapshot seen : Scenery.hostile()) {
        Proposal proposal = action.propose(seen, KNOWLEDGE);
        assertThat(proposal.plan().isPresent()).isNotEqualTo(!proposal.reason().isEmpty());
      }
    }
  }
}
