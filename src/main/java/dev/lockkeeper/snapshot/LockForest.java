package dev.lockkeeper.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who waits for whom, as trees: at each root a session that waits for nobody and holds others up.
 *
 * <p>A waiter may wait for several sessions; it stands once, below the one that is itself furthest
 * from its root, and names the others. Sessions that wait for each other in a circle have no root:
 * the one with the lowest pid stands for it until PostgreSQL ends the deadlock.
 *
 * @param roots the trees, the one that holds up most sessions first
 * @param unplaced sessions that wait for a lock, of which it is not known for whom
 */
public record LockForest(List<Tree> roots, List<Integer> unplaced) {
  /** The pid that stands for all prepared transactions, which have no session. */
  public static final int PREPARED = 0;

  public LockForest {
    roots = List.copyOf(roots);
    unplaced = List.copyOf(unplaced);
  }

  /**
   * A session that others wait for, or that waits.
   *
   * @param pid its process id, or {@link #PREPARED}
   * @param holds the locks that it holds and somebody waits for
   * @param wants the lock that it waits for
   * @param alsoBehind those that it waits for besides the one above it
   * @param behind how many sessions wait for it, directly or through others
   * @param waiters those that stand below it, the one that holds up most sessions first
   */
  public record Tree(
      int pid,
      List<Lock> holds,
      Optional<Lock> wants,
      List<Integer> alsoBehind,
      int behind,
      List<Tree> waiters) {
    public Tree {
      holds = List.copyOf(holds);
      alsoBehind = List.copyOf(alsoBehind);
      waiters = List.copyOf(waiters);
    }

    private int placed() {
      return 1 + waiters.stream().mapToInt(Tree::placed).sum();
    }
  }

  /** The forest of this database. */
  public static LockForest of(Database database) {
    return new Growing(database).forest();
  }

  /** How many sessions wait, placed or not. */
  public int waiting() {
    return roots.stream().mapToInt(root -> root.placed() - 1).sum() + unplaced.size();
  }

  /** What is at hand while a forest grows. */
  private static final class Growing {
    private final Database database;
    private final Map<Integer, Set<Integer>> blockers = new TreeMap<>();
    private final Map<Integer, Set<Integer>> waiters = new TreeMap<>();
    private final Map<Integer, Integer> depths = new HashMap<>();
    private final Set<Integer> placed = new HashSet<>();

    Growing(Database database) {
      this.database = database;
      database.waits().forEach(wait -> wait.blockers().forEach(front -> edge(wait.pid(), front)));
      // The server is asked about a bounded number of waiters; this queue is known without asking.
      MigrationLock queue = database.migrationLock();
      queue.waiters().stream()
          .filter(waiter -> !blockers.containsKey(waiter))
          .forEach(waiter -> queue.holder().ifPresent(holder -> edge(waiter, holder)));
    }

    private void edge(int waiter, int blocker) {
      if (waiter != blocker) {
        blockers.computeIfAbsent(waiter, pid -> new TreeSet<>()).add(blocker);
        waiters.computeIfAbsent(blocker, pid -> new TreeSet<>()).add(waiter);
      }
    }

    LockForest forest() {
      List<Tree> roots = new ArrayList<>();
      waiters.keySet().stream()
          .filter(pid -> !blockers.containsKey(pid))
          .forEach(pid -> roots.add(tree(pid, Optional.empty())));
      for (int circular : blockers.keySet()) {
        if (!placed.contains(circular)) {
          roots.add(tree(circular, Optional.empty()));
        }
      }
      List<Integer> unplaced =
          database.backends().stream()
              .filter(Backend::waitsForLock)
              .map(Backend::pid)
              .filter(pid -> !blockers.containsKey(pid))
              .toList();
      return new LockForest(ranked(roots), unplaced);
    }

    private Tree tree(int pid, Optional<Integer> above) {
      placed.add(pid);
      List<Tree> below = new ArrayList<>();
      for (int waiter : waiters.getOrDefault(pid, Set.of())) {
        if (!placed.contains(waiter) && parent(waiter) == pid) {
          below.add(tree(waiter, Optional.of(pid)));
        }
      }
      List<Integer> others =
          blockers.getOrDefault(pid, Set.of()).stream()
              .filter(blocker -> !above.equals(Optional.of(blocker)))
              .toList();
      return new Tree(pid, contested(pid), wanted(pid), others, behind(pid), ranked(below));
    }

    private int parent(int waiter) {
      return blockers.get(waiter).stream()
          .max(Comparator.comparing(this::depth).thenComparing(Comparator.reverseOrder()))
          .orElseThrow();
    }

    /** The longest way to a root; a circle is cut where it closes. */
    private int depth(int pid) {
      Integer known = depths.putIfAbsent(pid, 0);
      if (known != null) {
        return known;
      }
      int depth =
          blockers.getOrDefault(pid, Set.of()).stream().mapToInt(this::depth).max().orElse(-1) + 1;
      depths.put(pid, depth);
      return depth;
    }

    private int behind(int pid) {
      Set<Integer> seen = new HashSet<>();
      gather(pid, seen);
      seen.remove(pid);
      return seen.size();
    }

    private void gather(int pid, Collection<Integer> seen) {
      for (int waiter : waiters.getOrDefault(pid, Set.of())) {
        if (seen.add(waiter)) {
          gather(waiter, seen);
        }
      }
    }

    private Optional<Lock> wanted(int pid) {
      return database.locks().stream()
          .filter(lock -> !lock.granted() && owner(lock) == pid)
          .findFirst();
    }

    private List<Lock> contested(int pid) {
      List<Lock> wanted =
          waiters.getOrDefault(pid, Set.of()).stream()
              .flatMap(each -> wanted(each).stream())
              .toList();
      return database.locks().stream()
          .filter(lock -> lock.granted() && owner(lock) == pid)
          .filter(held -> wanted.stream().anyMatch(want -> sameTarget(held, want)))
          .toList();
    }

    private static int owner(Lock lock) {
      return lock.pid().orElse(PREPARED);
    }

    private static boolean sameTarget(Lock one, Lock other) {
      return one.type().equals(other.type())
          && one.relation().equals(other.relation())
          && one.key().equals(other.key());
    }

    private static List<Tree> ranked(List<Tree> trees) {
      return trees.stream()
          .sorted(Comparator.comparing(Tree::behind).reversed().thenComparing(Tree::pid))
          .toList();
    }
  }
}
