package dev.lockkeeper.snapshot;

import static dev.lockkeeper.snapshot.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockkeeper.snapshot.LockMode.ACCESS_SHARE;
import static dev.lockkeeper.snapshot.LockMode.EXCLUSIVE;
import static dev.lockkeeper.snapshot.LockMode.ROW_EXCLUSIVE;
import static dev.lockkeeper.snapshot.LockMode.SHARE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LockQueuesTest {
  @Test
  void aWaiterWaitsForTheHolder() {
    assertThat(waits(held(1, ROW_EXCLUSIVE), asks(2, ACCESS_EXCLUSIVE, 1)))
        .containsExactly(new Wait(2, List.of(1)));
  }

  @Test
  void whoeverAsksLaterWaitsForTheEarlierRequestAlone() {
    assertThat(
            waits(
                held(1, ACCESS_SHARE),
                asks(2, ACCESS_EXCLUSIVE, 1),
                asks(3, ACCESS_SHARE, 2),
                asks(4, ACCESS_SHARE, 3)))
        .containsExactly(new Wait(2, List.of(1)), inLine(3, 2), inLine(4, 2));
  }

  @Test
  void aRequestThatExcludesNothingHeldOrAskedForIsNotWaitedFor() {
    LockQueues queues =
        queues(held(1, ACCESS_EXCLUSIVE), asks(2, SHARE, 1), asks(3, ACCESS_SHARE, 2));
    assertThat(queues.blockers(3)).containsExactly(1);
  }

  @Test
  void aLongQueueForTheSameIsCountedAndNotNamed() {
    LockQueues queues =
        queues(
            held(1, EXCLUSIVE),
            asks(4, EXCLUSIVE, 3),
            asks(3, EXCLUSIVE, 2),
            asks(2, EXCLUSIVE, 1));
    assertThat(queues.waits())
        .containsExactly(
            new Wait(2, List.of(1), 0, true),
            new Wait(3, List.of(1), 1, true),
            new Wait(4, List.of(1), 2, true));
    assertThat(queues.blockers(4)).containsExactly(1, 2, 3);
  }

  @Test
  void ofManyWhoAskForSomethingElseTheFirstAndTheLastAreNamed() {
    Wait last =
        queues(
                held(1, ACCESS_EXCLUSIVE),
                asks(2, ACCESS_SHARE, 1),
                asks(3, ACCESS_SHARE, 2),
                asks(4, ACCESS_SHARE, 3),
                asks(5, ACCESS_EXCLUSIVE, 4))
            .waits()
            .get(3);
    assertThat(last).isEqualTo(new Wait(5, List.of(1, 2, 4), 1, true, List.of(2, 4)));
  }

  @Test
  void ofManyHoldersTheFirstInLineNamesAllAndTheOthersLeadToIt() {
    List<LockRequest> requests = new ArrayList<>();
    for (int pid = 1; pid <= 60; pid++) {
      requests.add(held(pid, ROW_EXCLUSIVE));
    }
    requests.add(asks(90, ACCESS_EXCLUSIVE, 1));
    requests.add(asks(91, ACCESS_EXCLUSIVE, 2));
    List<Wait> waits = LockQueues.of(requests, true).waits();
    assertThat(waits.get(0).blockers()).hasSize(60);
    assertThat(waits.get(1).blockers()).hasSize(51).contains(90);
    assertThat(waits.get(1).ahead()).isEqualTo(10);
    assertThat(roots(waits, 91)).hasSize(60);
  }

  @Test
  void whoHoldsWhatAnotherWaitsForGoesBeforeIt() {
    LockQueues queues =
        queues(
            held(1, ACCESS_SHARE),
            held(3, ACCESS_SHARE),
            asks(2, ACCESS_EXCLUSIVE, 1),
            asks(3, ROW_EXCLUSIVE, 2),
            held(4, SHARE));
    assertThat(queues.blockers(3)).containsExactly(4);
    assertThat(queues.blockers(2)).containsExactly(1, 3, 4);
  }

  @Test
  void theProcessesOfOneQueryDoNotWaitForEachOther() {
    LockQueues queues =
        queues(held(7, SHARE), held(1, SHARE), asks(7, EXCLUSIVE, 1), asks(7, EXCLUSIVE, 2));
    assertThat(queues.waits()).containsExactly(new Wait(7, List.of(1)));
  }

  @Test
  void aPreparedTransactionBlocksToo() {
    assertThat(waits(held(LockForest.PREPARED, ROW_EXCLUSIVE), asks(2, ACCESS_EXCLUSIVE, 1)))
        .containsExactly(new Wait(2, List.of(0)));
  }

  @Test
  void differentThingsAreDifferentQueues() {
    LockRequest elsewhere = new LockRequest(1, "other", SHARE, true, OptionalLong.empty());
    assertThat(waits(held(5, SHARE), elsewhere, asks(2, EXCLUSIVE, 1)))
        .containsExactly(new Wait(2, List.of(5)));
  }

  @Test
  void withoutMomentsOfArrivalOnlyTheHoldersAreCertain() {
    List<LockRequest> requests =
        List.of(held(1, ACCESS_SHARE), asks(2, ACCESS_EXCLUSIVE, 1), asks(3, ACCESS_EXCLUSIVE, 2));
    assertThat(LockQueues.of(requests, false).waits())
        .extracting(Wait::certain)
        .containsOnly(false);
    assertThat(LockQueues.of(requests, true).waits()).extracting(Wait::certain).containsOnly(true);
  }

  @Test
  void aWaiterBehindTheOnlyOtherOneIsCertainWheneverItCame() {
    List<LockRequest> requests =
        List.of(held(1, ROW_EXCLUSIVE), asks(2, SHARE, 9), asks(3, ROW_EXCLUSIVE, 1));
    assertThat(LockQueues.of(requests, false).waits())
        .containsExactly(new Wait(2, List.of(1, 3), 0, false, List.of(3)), inLine(3, 2));
  }

  @Test
  void whoCameInTheSameInstantStandInNoCertainOrder() {
    LockRequest first = new LockRequest(2, "it", EXCLUSIVE, false, OptionalLong.of(100_000));
    LockRequest second = new LockRequest(3, "it", EXCLUSIVE, false, OptionalLong.of(100_007));
    LockRequest late = new LockRequest(4, "it", EXCLUSIVE, false, OptionalLong.of(500_000));
    assertThat(waits(held(1, EXCLUSIVE), first, second, late))
        .containsExactly(
            new Wait(2, List.of(1), 0, false, List.of()),
            new Wait(3, List.of(1), 1, false, List.of()),
            new Wait(4, List.of(1), 2, true, List.of()));
  }

  /** 3 stands behind 2 in line, 2 waits for 1, and 1 for 3: that is what the server reorders. */
  @Test
  void aCircleThroughAQueuePutsItsOrderInDoubt() {
    LockQueues queues =
        queues(
            held(1, ACCESS_SHARE),
            held(7, SHARE),
            asks(2, ACCESS_EXCLUSIVE, 1),
            asks(3, ROW_EXCLUSIVE, 2),
            new LockRequest(3, "other", EXCLUSIVE, true, OptionalLong.empty()),
            new LockRequest(1, "other", EXCLUSIVE, false, OptionalLong.of(3_000_000)));
    assertThat(queues.waits())
        .containsExactly(
            new Wait(1, List.of(3)),
            new Wait(2, List.of(1, 7), 0, false, List.of()),
            new Wait(3, List.of(2, 7), 0, false, List.of(2)));
  }

  @Test
  void whoIsFreeOfAllButOneIsFreedByIt() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      LockQueues queues = LockQueues.of(chance(random), true);
      for (Wait wait : queues.waits()) {
        Set<Integer> all = queues.blockers(wait.pid());
        assertThat(all).containsAll(wait.blockers());
        assertThat(all).hasSize(wait.blockers().size() + wait.ahead());
        for (int pid : all) {
          assertThat(wait.onlyFor(pid)).isEqualTo(all.size() == 1);
        }
      }
    }
  }

  /** Whoever is left out of the names is still reached through them: no root is lost. */
  @Test
  void theShortFormHasTheSameRootsAsTheLongOne() {
    Random random = new Random(6);
    for (int round = 0; round < 2_000; round++) {
      LockQueues queues = LockQueues.of(chance(random), true);
      List<Wait> brief = queues.waits();
      List<Wait> full =
          brief.stream()
              .map(wait -> new Wait(wait.pid(), List.copyOf(queues.blockers(wait.pid()))))
              .toList();
      for (Wait wait : brief) {
        assertThat(roots(brief, wait.pid())).isEqualTo(roots(full, wait.pid()));
      }
    }
  }

  private static Set<Integer> roots(List<Wait> waits, int pid) {
    WaitGraph graph = WaitGraph.of(waits);
    Set<Integer> roots = new HashSet<>(graph.inFrontOf(pid));
    roots.removeIf(each -> !graph.blockersOf(each).isEmpty());
    return roots;
  }

  /** Eight sessions ask for one thing; who needs to wait for nobody has it. */
  private static List<LockRequest> chance(Random random) {
    List<LockRequest> requests = new ArrayList<>();
    for (int session = 1; session <= 8; session++) {
      LockRequest asked = asks(session, mode(random), session);
      requests.add(asked);
      if (LockQueues.of(requests, true).blockers(session).isEmpty()) {
        requests.remove(asked);
        requests.add(held(session, asked.mode()));
      }
    }
    return requests;
  }

  private static LockMode mode(Random random) {
    return LockMode.values()[random.nextInt(LockMode.values().length)];
  }

  /** One that waits only for another that stands before it. */
  private static Wait inLine(int pid, int before) {
    return new Wait(pid, List.of(before), 0, true, List.of(before));
  }

  private static List<Wait> waits(LockRequest... requests) {
    return queues(requests).waits();
  }

  private static LockQueues queues(LockRequest... requests) {
    return LockQueues.of(List.of(requests), true);
  }

  private static LockRequest held(int pid, LockMode mode) {
    return new LockRequest(pid, "it", mode, true, OptionalLong.empty());
  }

  private static LockRequest asks(int pid, LockMode mode, long moment) {
    return new LockRequest(pid, "it", mode, false, OptionalLong.of(moment * 1_000_000L));
  }
}
