package dev.lockkeeper.snapshot;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who waits for whom, worked out from one look at {@code pg_locks} as the server itself would: a
 * waiter waits for those who hold what excludes its request, and for those who stand before it in
 * the line and ask for what excludes it.
 *
 * <p>The server has a function for that, {@code pg_blocking_pids}, but its cost grows with the
 * square of the number of waiters. Two things cannot be seen in {@code pg_locks}, so that the order
 * of a line may come out otherwise than the server has it: that its deadlock detector has moved
 * somebody forward, and that somebody went before a waiter which has given up since.
 *
 * @param queues one for each thing that is waited for
 * @param timely whether the moments of arrival are exact
 */
public record LockQueues(List<LockQueue> queues, boolean timely) {
  public LockQueues {
    queues = List.copyOf(queues);
  }

  /**
   * Sorts out who waits for what.
   *
   * @param requests for each thing that is waited for every request, held or waiting; others are
   *     left aside
   * @param timely whether their moments of arrival are exact, else they are an estimate
   */
  public static LockQueues of(Collection<LockRequest> requests, boolean timely) {
    Map<String, List<LockRequest>> byObject =
        requests.stream()
            .collect(
                Collectors.groupingBy(
                    LockRequest::object, LinkedHashMap::new, Collectors.toList()));
    List<LockQueue> queues =
        byObject.values().stream()
            .filter(each -> !each.stream().allMatch(LockRequest::granted))
            .map(LockQueue::of)
            .toList();
    return new LockQueues(queues, timely);
  }

  /** Everybody whom this session waits for, as {@code pg_blocking_pids} counts them. */
  public SortedSet<Integer> blockers(int session) {
    SortedSet<Integer> blockers = new TreeSet<>();
    queues.forEach(queue -> blockers.addAll(queue.blockers(session)));
    return blockers;
  }

  /**
   * Each waiting session once, by pid. Where some wait for each other in a circle only because of
   * the order of a queue, the deadlock detector changes that order, or has changed it, and nothing
   * shows how: there it is in doubt.
   */
  public List<Wait> waits() {
    Map<Integer, Wait> waits = new TreeMap<>();
    queues.stream()
        .flatMap(queue -> queue.waits(timely).stream())
        .filter(wait -> !wait.blockers().isEmpty())
        .forEach(wait -> waits.merge(wait.pid(), wait, LockQueues::both));
    WaitGraph.ofSure(waits.values()).circular().stream()
        .map(waits::get)
        .filter(wait -> !wait.queued().isEmpty())
        .flatMap(wait -> queues.stream().filter(queue -> queue.hasInLine(wait.pid())))
        .flatMap(queue -> queue.line().stream())
        .map(LockRequest::session)
        .distinct()
        .toList()
        .forEach(pid -> waits.computeIfPresent(pid, (key, wait) -> wait.doubtful()));
    return List.copyOf(waits.values());
  }

  /** The processes of one parallel query may wait for different things. */
  private static Wait both(Wait one, Wait other) {
    SortedSet<Integer> blockers = new TreeSet<>(one.blockers());
    blockers.addAll(other.blockers());
    return new Wait(
        one.pid(),
        List.copyOf(blockers),
        one.ahead() + other.ahead(),
        one.certain() && other.certain(),
        Stream.concat(one.queued().stream(), other.queued().stream()).distinct().toList());
  }
}
