package dev.lockkeeper.practice.apiserver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest changes, so that a watch can go on where another one ended. Not thread-safe. */
final class History {
  private final int limit;
  private final Deque<Change> changes = new ArrayDeque<>();
  private long forgotten;

  /**
   * @param limit how many changes are kept
   * @param start the version before the first change
   */
  History(int limit, long start) {
    this.limit = limit;
    this.forgotten = start;
  }

  void add(Change change) {
    changes.addLast(change);
    if (changes.size() > limit) {
      forgotten = changes.removeFirst().version();
    }
  }

  /** What happened after a version; fails with 410 when that is no longer known. */
  List<Change> since(long version) {
    if (version < forgotten) {
      throw Failure.expired(version, forgotten);
    }
    return changes.stream().filter(change -> change.version() > version).toList();
  }

  /** Forgets everything, as etcd does when it is compacted. */
  void forget() {
    while (!changes.isEmpty()) {
      forgotten = changes.removeFirst().version();
    }
  }
}
