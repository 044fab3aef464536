package dev.lockkeeper.snapshot;

import java.util.List;

/**
 * A session that waits for a lock, and the sessions that it waits for.
 *
 * <p>Where many queue for the same thing, each of them waits for all before it. Most are counted
 * here and not named: a thousand waiters would name half a million. Those who are named lead, from
 * one to the next, to every root.
 *
 * @param pid the one that waits
 * @param blockers those in front of it: who holds what excludes its request, and of those who asked
 *     before it for something else that excludes it the first and the last of each kind; a prepared
 *     transaction stands there with its place, {@link Database#prepared(int)}
 * @param ahead how many more are in front of it
 * @param certain whether the order of the queue is known; who holds a lock is always known
 * @param queued those of the blockers that hold nothing against it and only stand before it in the
 *     queue; empty where the server itself named the blockers
 */
public record Wait(
    int pid, List<Integer> blockers, int ahead, boolean certain, List<Integer> queued) {
  public Wait {
    blockers = List.copyOf(blockers);
    queued = List.copyOf(queued);
  }

  /** One of which only the order is doubtful, or nothing: no blocker is known to hold the lock. */
  public Wait(int pid, List<Integer> blockers, int ahead, boolean certain) {
    this(pid, blockers, ahead, certain, certain ? List.of() : blockers);
  }

  /** One that waits for these alone. */
  public Wait(int pid, List<Integer> blockers) {
    this(pid, blockers, 0, true);
  }

  /** Whether it could go on if this session ended, because it waits for nobody else. */
  public boolean onlyFor(int session) {
    return ahead == 0 && blockers.equals(List.of(session));
  }

  /** The same, where the order of the queue turned out to be doubtful. */
  Wait doubtful() {
    return new Wait(pid, blockers, ahead, false, queued);
  }

  /** Those for whom it waits whatever the order of the queue is. */
  public List<Integer> sure() {
    return certain ? blockers : blockers.stream().filter(each -> !queued.contains(each)).toList();
  }
}
