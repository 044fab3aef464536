package dev.lockkeeper.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.LockForest.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LockForestTest {
  private static final MigrationLock FREE = MigrationLock.free();

  @Test
  void nobodyWaitsGivesNoTrees() {
    LockForest forest = forest(FREE);
    assertThat(forest.roots()).isEmpty();
    assertThat(forest.waiting()).isZero();
  }

  @Test
  void aChainStandsBelowItsRoot() {
    assertThat(text(forest(FREE, behind(3, 2), behind(2, 1)))).isEqualTo("1(2)[2(1)[3(0)]]");
  }

  @Test
  void theRootThatHoldsUpMostComesFirst() {
    assertThat(text(forest(FREE, behind(9, 1), behind(5, 2), behind(6, 2))))
        .isEqualTo("2(2)[5(0) 6(0)] 1(1)[9(0)]");
  }

  @Test
  void aWaiterOfSeveralStandsOnceBelowTheDeepest() {
    LockForest forest = forest(FREE, behind(3, 1, 2), behind(2, 1));
    assertThat(text(forest)).isEqualTo("1(2)[2(1)[3(0)]]");
    assertThat(forest.roots().get(0).waiters().get(0).waiters().get(0).alsoBehind())
        .containsExactly(1);
    assertThat(forest.waiting()).isEqualTo(2);
  }

  @Test
  void aPreparedTransactionIsARootWithoutASession() {
    LockForest forest = forest(FREE, behind(3, LockForest.PREPARED));
    assertThat(text(forest)).isEqualTo("0(1)[3(0)]");
  }

  @Test
  void aCircleHasTheLowestPidForItsRoot() {
    LockForest forest = forest(FREE, behind(3, 2), behind(2, 3), behind(4, 3));
    assertThat(forest.roots()).extracting(Tree::pid).containsExactly(2);
    assertThat(pids(forest)).containsExactlyInAnyOrder(2, 3, 4);
  }

  @Test
  void theMigrationQueueIsKnownWithoutBeingAsked() {
    MigrationLock queue = new MigrationLock(Optional.of(7), List.of(8, 9));
    assertThat(text(forest(queue, behind(8, 7)))).isEqualTo("7(2)[8(0) 9(0)]");
  }

  @Test
  void aSessionThatWaitsForNobodyKnowsWhomIsCounted() {
    Database database = database(FREE, List.of(waiting(4), waiting(5)), List.of(), behind(4, 1));
    LockForest forest = LockForest.of(database);
    assertThat(forest.unplaced()).containsExactly(5);
    assertThat(forest.waiting()).isEqualTo(2);
  }

  @Test
  void theTreeThatHoldsUpTheMigratorComesFirst() {
    MigrationLock queue = new MigrationLock(Optional.of(9), List.of());
    LockForest forest = forest(queue, behind(9, 1), behind(5, 2), behind(6, 2));
    assertThat(text(forest)).isEqualTo("1(1)[9(0)] 2(2)[5(0) 6(0)]");
    assertThat(forest.roots()).extracting(Tree::holdsUpMigrator).containsExactly(true, false);
  }

  @Test
  void theFirstInLineStandsFirst() {
    LockForest forest =
        forest(FREE, new Wait(3, List.of(1), 1, true), new Wait(4, List.of(1), 0, true));
    assertThat(text(forest)).isEqualTo("1(2)[4(0) 3(0)]");
  }

  @Test
  void whoeverHangsOnACircleDoesNotStandForIt() {
    LockForest forest = forest(FREE, behind(1, 3), behind(2, 3), behind(3, 2));
    assertThat(text(forest)).isEqualTo("2(2)[3(2)[1(0)]]");
  }

  @Test
  void endingASessionFreesThoseWhoWaitForNobodyElse() {
    LockForest forest =
        forest(
            FREE,
            behind(2, 1),
            behind(3, 1, 2),
            behind(4, 2),
            behind(5, 1),
            new Wait(6, List.of(1), 1, true));
    assertThat(forest.freedBy(1)).containsExactly(2, 5);
    assertThat(forest.freedBy(2)).containsExactly(4);
    assertThat(forest.freedBy(6)).isEmpty();
  }

  @Test
  void theCureIsEveryRootInFrontAndNoOther() {
    LockForest forest =
        forest(FREE, behind(9, 2, 3), behind(3, 4), behind(2, 1), behind(8, 7), behind(6, 9));
    assertThat(forest.smallestCure(9)).containsExactlyInAnyOrder(1, 4);
    assertThat(forest.smallestCure(8)).containsExactly(7);
    assertThat(forest.smallestCure(1)).isEmpty();
  }

  @Test
  void thousandsInALongChainAreNoTrouble() {
    Wait[] chain = new Wait[3_000];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = behind(i + 2, i + 1);
    }
    LockForest forest = forest(FREE, chain);
    assertThat(pids(forest)).hasSize(3_001);
    assertThat(forest.roots().get(0).behind()).isEqualTo(3_000);
    assertThat(forest.smallestCure(3_001)).containsExactly(1);
  }

  @Test
  void aLongQueueOfTurnsIsNoTrouble() {
    List<LockRequest> requests = new ArrayList<>();
    requests.add(new LockRequest(1, "it", LockMode.SHARE, true, OptionalLong.empty()));
    for (int i = 0; i < 2_000; i++) {
      LockMode mode = i % 2 == 0 ? LockMode.ACCESS_EXCLUSIVE : LockMode.EXCLUSIVE;
      requests.add(new LockRequest(i + 2, "it", mode, false, OptionalLong.of(i)));
    }
    Wait[] waits = LockQueues.of(requests, true).waits().toArray(Wait[]::new);
    LockForest forest = forest(FREE, waits);
    assertThat(forest.roots()).extracting(Tree::behind).containsExactly(2_000);
    assertThat(forest.freedBy(1)).containsExactly(2);
  }

  @Test
  void onlyLocksThatSomebodyWaitsForAreNamed() {
    Lock contested = lock(1, "api_keys", "AccessShareLock", true);
    Lock other = lock(1, "users", "AccessShareLock", true);
    Lock wanted = lock(2, "api_keys", "AccessExclusiveLock", false);
    Database database = database(FREE, List.of(), List.of(contested, other, wanted), behind(2, 1));
    Tree root = LockForest.of(database).roots().get(0);
    assertThat(root.holds()).containsExactly(contested);
    assertThat(root.waiters().get(0).wants()).contains(wanted);
  }

  @Test
  void whoeverWaitsStandsExactlyOnceWhateverTheServerSays() {
    Random random = new Random(11);
    for (int round = 0; round < 3_000; round++) {
      Wait[] waits = new Wait[random.nextInt(12)];
      for (int i = 0; i < waits.length; i++) {
        waits[i] = behind(i + 1, random.nextInt(14), random.nextInt(14));
      }
      LockForest forest = forest(FREE, waits);
      assertThat(pids(forest)).doesNotHaveDuplicates();
      List<Integer> waiters =
          Arrays.stream(waits)
              .filter(wait -> wait.blockers().stream().anyMatch(pid -> pid != wait.pid()))
              .map(Wait::pid)
              .toList();
      assertThat(pids(forest)).containsAll(waiters);
    }
  }

  private static List<Integer> pids(LockForest forest) {
    List<Integer> pids = new ArrayList<>();
    forest.roots().forEach(root -> gather(root, pids));
    return pids;
  }

  private static void gather(Tree tree, List<Integer> pids) {
    pids.add(tree.pid());
    tree.waiters().forEach(waiter -> gather(waiter, pids));
  }

  /** {@code pid(how many are behind)[waiters]}. */
  private static String text(LockForest forest) {
    return forest.roots().stream().map(LockForestTest::text).collect(Collectors.joining(" "));
  }

  private static String text(Tree tree) {
    String below =
        tree.waiters().stream().map(LockForestTest::text).collect(Collectors.joining(" "));
    return tree.pid() + "(" + tree.behind() + ")" + (below.isEmpty() ? "" : "[" + below + "]");
  }

  private static LockForest forest(MigrationLock migrationLock, Wait... waits) {
    return LockForest.of(database(migrationLock, List.of(), List.of(), waits));
  }

  private static Wait behind(int pid, Integer... blockers) {
    return new Wait(pid, List.of(blockers));
  }

  private static Lock lock(int pid, String relation, String mode, boolean granted) {
    return new Lock(
        Optional.of(pid), "relation", Optional.of(relation), "", mode, granted, Optional.empty());
  }

  private static Backend waiting(int pid) {
    return new Backend(
        new Backend.SessionId(pid, ""),
        new Backend.Client("coder", "", Optional.empty(), Optional.of("client backend"), false),
        Optional.empty(),
        new Backend.Activity(
            Optional.of("active"),
            Optional.of("Lock"),
            Optional.of("relation"),
            false,
            Optional.empty(),
            Optional.empty(),
            "",
            Backend.Pulse.UNKNOWN),
        false);
  }

  private static Database database(
      MigrationLock migrationLock, List<Backend> backends, List<Lock> locks, Wait... waits) {
    Instant now = Instant.EPOCH;
    return new Database(
        new DatabaseIdentity("pg", 5432, "coder", "coder", "", "", 170011, false),
        new DatabaseRights(true, true, false),
        new Database.Locking(backends, locks, List.of(waits), List.of(), Database.Unlisted.NOTHING),
        migrationLock,
        SchemaTable.read("public", 1, false),
        new Database.CoderFacts(
            new Database.CoderRoles(Set.of("coder"), Set.of()),
            Observed.unknown("", now),
            new Database.Usage(
                Observed.unknown("", now), Observed.unknown("", now), Observed.unknown("", now)),
            Observed.unknown("", now)),
        Observed.unknown("not read", Instant.EPOCH),
        new ServerLoad(
            new ServerLoad.Growth(0, 0),
            Observed.unknown("", now),
            Observed.unknown("", now),
            Observed.unknown("not read", Instant.EPOCH),
            Duration.ZERO));
  }
}
