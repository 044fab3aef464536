package dev.lockkeeper.snapshot;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who waits for whom, as trees: at each root a session that waits for nobody and holds others up.
 *
 * <p>A waiter may wait for several sessions; it stands once, below the one that is itself furthest
 * from its root, and names the others. Sessions that wait for each other in a circle have no root:
 * the one with the lowest pid stands for it until PostgreSQL ends the deadlock.
 *
 * @param roots the trees: those that hold up the migrator first, then the one that holds up most
 * @param unplaced sessions that wait for a lock, of which it is not known for whom
 * @param waits whom each waits for
 * @param migrator who holds Coder's migration lock
 */
public record LockForest(
    List<Tree> roots, List<Integer> unplaced, List<Wait> waits, Optional<Integer> migrator) {
  /**
   * Stands where a pid would stand for a prepared transaction of which it is not known which one it
   * is; those that are known have places below it, see {@link Database#prepared(int)}.
   */
  public static final int PREPARED = 0;

  /** Whether no session but a prepared transaction stands here. */
  public static boolean isPrepared(int pid) {
    return pid <= PREPARED;
  }

  public LockForest {
    roots = List.copyOf(roots);
    unplaced = List.copyOf(unplaced);
    waits = List.copyOf(waits);
  }

  /**
   * A session that others wait for, or that waits.
   *
   * @param pid its process id, or a prepared transaction's place, {@link Database#prepared(int)}
   * @param holds the locks that it holds and somebody waits for
   * @param wants the lock that it waits for
   * @param alsoBehind those that it waits for besides the one above it
   * @param ahead how many more stand before it and ask for the same
   * @param behind how many sessions wait for it, directly or through others
   * @param holdsUpMigrator whether the migrator is among those behind it
   * @param waiters those that stand below it: first the migrator or who holds it up, then the one
   *     that holds up most sessions
   */
  public record Tree(
      int pid,
      List<Lock> holds,
      Optional<Lock> wants,
      List<Integer> alsoBehind,
      int ahead,
      int behind,
      boolean holdsUpMigrator,
      List<Tree> waiters) {
    public Tree {
      holds = List.copyOf(holds);
      alsoBehind = List.copyOf(alsoBehind);
      waiters = List.copyOf(waiters);
    }
  }

  /** The forest of this database. */
  public static LockForest of(Database database) {
    return new Growing(database).forest();
  }

  /** How many sessions wait, placed or not. */
  public int waiting() {
    return waits.size() + unplaced.size();
  }

  /**
   * Who would go on at once if this session ended: those that wait for it and for nobody else. Who
   * stands behind one of these does not count, because that one takes the lock.
   *
   * @param pid the session, or a prepared transaction's place
   * @return pids, in no order that means anything
   */
  public List<Integer> freedBy(int pid) {
    return waits.stream().filter(wait -> wait.onlyFor(pid)).map(Wait::pid).toList();
  }

  /**
   * The roots that must end before this session can go on; all of them must. Whoever waits between
   * them and it goes on by itself then, and is waited for until it is done.
   *
   * @param pid the session, such as the migrator's
   * @return pids, and for prepared transactions their places; empty when it waits for nobody or it
   *     is not known for whom
   */
  public List<Integer> smallestCure(int pid) {
    Set<Integer> inFront = WaitGraph.of(waits).inFrontOf(pid);
    return roots.stream().map(Tree::pid).filter(inFront::contains).toList();
  }

  /**
   * The same as far as it is sure: those in front of it whatever the order of the queues is that is
   * not known for certain.
   */
  public Set<Integer> surelyInFrontOf(int pid) {
    return WaitGraph.ofSure(waits).inFrontOf(pid);
  }

  /** What is at hand while a forest grows. */
  private static final class Growing {
    /** Deeper trees cannot be shown; who would stand deeper stands beside the last. */
    private static final int DEEPEST = 40;

    private final Database database;
    private final Optional<Integer> migrator;
    private final Map<Integer, Wait> waits;
    private final WaitGraph graph;
    private final List<Integer> order;
    private final Map<Integer, List<Lock>> held;
    private final Map<Integer, Lock> wanted;
    private final Map<Integer, BitSet> behind;
    private final Optional<Integer> migratorsPlace;
    private final Map<Integer, Integer> depths = new HashMap<>();
    private final Map<Integer, Integer> parents = new HashMap<>();
    private final Map<Integer, List<Integer>> children = new HashMap<>();

    Growing(Database database) {
      this.database = database;
      migrator = database.migrationLock().holder();
      waits = waits(database);
      graph = WaitGraph.of(waits.values());
      order = graph.rootsFirst();
      behind = graph.behind(order);
      migratorsPlace = migrator.map(order::indexOf).filter(place -> place >= 0);
      held =
          database.locks().stream()
              .filter(Lock::granted)
              .collect(Collectors.groupingBy(Growing::owner));
      wanted =
          database.locks().stream()
              .filter(lock -> !lock.granted())
              .collect(Collectors.toMap(Growing::owner, lock -> lock, (first, second) -> first));
    }

    private static int owner(Lock lock) {
      return lock.pid().orElse(PREPARED);
    }

    /** The queue for the migration lock is known even where its waits were not worked out. */
    private static Map<Integer, Wait> waits(Database database) {
      MigrationLock queue = database.migrationLock();
      Stream<Wait> queued =
          queue.holder().stream()
              .flatMap(
                  holder -> queue.waiters().stream().map(pid -> new Wait(pid, List.of(holder))));
      return Stream.concat(database.waits().stream(), queued)
          .filter(wait -> wait.blockers().stream().anyMatch(pid -> pid != wait.pid()))
          .collect(
              Collectors.toMap(Wait::pid, wait -> wait, (first, second) -> first, TreeMap::new));
    }

    LockForest forest() {
      List<Integer> tops = new ArrayList<>();
      for (int pid : order) {
        Optional<Integer> parent = deepest(graph.blockersOf(pid));
        depths.put(pid, parent.map(above -> depths.get(above) + 1).orElse(0));
        parent.ifPresent(above -> parents.put(pid, above));
        parent
            .map(above -> children.computeIfAbsent(above, key -> new ArrayList<>()))
            .orElse(tops)
            .add(pid);
      }
      return new LockForest(ranked(tops), unplaced(), List.copyOf(waits.values()), migrator);
    }

    /** Of those that stand already. */
    private Optional<Integer> deepest(Set<Integer> blockers) {
      return blockers.stream()
          .filter(depths::containsKey)
          .max(
              Comparator.comparing((Integer pid) -> depths.get(pid))
                  .thenComparing(Comparator.reverseOrder()))
          .map(above -> depths.get(above) < DEEPEST ? above : parents.get(above));
    }

    private List<Integer> unplaced() {
      return database.backends().stream()
          .filter(Backend::waitsForLock)
          .map(backend -> backend.leader().orElse(backend.pid()))
          .filter(pid -> !waits.containsKey(pid))
          .distinct()
          .toList();
    }

    private List<Tree> ranked(List<Integer> pids) {
      return pids.stream()
          .map(this::tree)
          .sorted(
              Comparator.comparing((Tree tree) -> !migrates(tree))
                  .thenComparing(Tree::behind, Comparator.reverseOrder())
                  .thenComparing(Tree::ahead)
                  .thenComparing(Tree::pid))
          .toList();
    }

    private boolean migrates(Tree tree) {
      return tree.holdsUpMigrator() || migrator.filter(pid -> pid == tree.pid()).isPresent();
    }

    private Tree tree(int pid) {
      Integer above = parents.get(pid);
      return new Tree(
          pid,
          contested(pid),
          Optional.ofNullable(wanted.get(pid)),
          graph.blockersOf(pid).stream().filter(each -> !each.equals(above)).toList(),
          Optional.ofNullable(waits.get(pid)).map(Wait::ahead).orElse(0),
          behind.get(pid).cardinality(),
          migratorsPlace.filter(behind.get(pid)::get).isPresent(),
          ranked(children.getOrDefault(pid, List.of())));
    }

    /** The locks that it holds and that one of those who wait for it wants. */
    private List<Lock> contested(int pid) {
      Set<List<Object>> targets =
          graph.waitersOf(pid).stream()
              .map(wanted::get)
              .filter(Objects::nonNull)
              .map(Growing::target)
              .collect(Collectors.toSet());
      return held.getOrDefault(pid, List.of()).stream()
          .filter(lock -> targets.contains(target(lock)))
          .toList();
    }

    private static List<Object> target(Lock lock) {
      return List.of(lock.type(), lock.relation(), lock.key());
    }
  }
}
