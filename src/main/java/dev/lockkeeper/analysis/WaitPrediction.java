package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Wait;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of a session's wait when some of those before it end. More than the lock that it
 * waits for now cannot be foretold: what it asks for next, somebody else may hold.
 *
 * @param waiter the session that waits
 * @param wanted the lock that it waits for, where it is seen
 * @param stay who stays and still holds it up: pids and places of prepared transactions
 * @param between those before it that are not ended, wait themselves, and go on then: it waits
 *     until they are done
 * @param sure whether all of this is known; not where it rests on the order of a queue that is in
 *     doubt
 */
public record WaitPrediction(
    int waiter, Optional<Lock> wanted, List<Integer> stay, List<Integer> between, boolean sure) {
  public WaitPrediction {
    stay = List.copyOf(stay);
    between = List.copyOf(between);
  }

  /** Empty when this session is not seen to wait for anybody. */
  public static Optional<WaitPrediction> of(
      Database database, int waiter, Collection<Integer> ended) {
    LockForest forest = LockForest.of(database);
    Set<Integer> gone = Set.copyOf(ended);
    return forest.waits().stream()
        .filter(wait -> wait.pid() == waiter)
        .findFirst()
        .map(wait -> of(database, forest, wait, gone));
  }

  private static WaitPrediction of(
      Database database, LockForest forest, Wait wait, Set<Integer> gone) {
    List<Integer> stay =
        forest.smallestCure(wait.pid()).stream().filter(root -> !gone.contains(root)).toList();
    Set<Integer> between = new HashSet<>(wait.blockers());
    between.removeAll(gone);
    between.removeAll(stay);
    return new WaitPrediction(
        wait.pid(),
        database.locks().stream()
            .filter(lock -> !lock.granted() && lock.pid().equals(Optional.of(wait.pid())))
            .findFirst(),
        stay,
        between.stream().sorted().toList(),
        forest.surelyInFrontOf(wait.pid()).containsAll(gone));
  }

  /** The same of an act that may not let go of all that they hold. */
  public WaitPrediction doubted() {
    return new WaitPrediction(waiter, wanted, stay, between, false);
  }

  /** Whether it has the lock that it waits for now as soon as these have ended. */
  public boolean atOnce() {
    return stay.isEmpty() && between.isEmpty();
  }

  /**
   * As a sentence.
   *
   * @param who the session as it is named
   */
  public String told(String who, Database database) {
    if (!stay.isEmpty()) {
      return who + " still waits afterwards: for " + names(stay, database);
    }
    if (!between.isEmpty()) {
      return "%s waits on until %s %s done"
          .formatted(who, names(between, database), between.size() == 1 ? "is" : "are");
    }
    return (sure ? "frees " : "probably frees ") + who + " from this lock" + next();
  }

  private static String names(List<Integer> places, Database database) {
    return places.stream()
        .map(place -> Blockers.name(database, place))
        .collect(Collectors.joining(", "));
  }

  /** Some locks are waited for one holder at a time, and the next one is not shown beforehand. */
  String next() {
    return switch (wanted.map(Lock::type).orElse("")) {
      case "transactionid", "tuple" ->
          "; if others hold the same row, it waits for the next of them";
      case "virtualxid" -> "; it may then wait for the next transaction that is as old";
      default -> "";
    };
  }
}
