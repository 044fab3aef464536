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
 *     before it for something else that excludes it the first and the last of each kind; 0 stands
 *     for a prepared transaction
 * @param ahead how many more are in front of it
 * @param certain whether the order of the queue is known; who holds a lock is always known
 */
public record Wait(int pid, List<Integer> blockers, int ahead, boolean certain) {
  public Wait {
    blockers = List.copyOf(blockers);
  }

  /** One that waits for these alone. */
  public Wait(int pid, List<Integer> blockers) {
    this(pid, blockers, 0, true);
  }

  /** Whether it could go on if this session ended, because it waits for nobody else. */
  public boolean onlyFor(int session) {
    return ahead == 0 && blockers.equals(List.of(session));
  }
}
