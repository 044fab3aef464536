package dev.lockkeeper.snapshot;

import java.util.List;

/**
 * A session that waits for a lock, and the sessions that it waits for.
 *
 * @param pid the one that waits
 * @param blockers those in front of it; 0 stands for a prepared transaction
 */
public record Wait(int pid, List<Integer> blockers) {
  public Wait {
    blockers = List.copyOf(blockers);
  }
}
