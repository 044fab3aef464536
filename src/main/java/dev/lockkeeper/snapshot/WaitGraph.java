package dev.lockkeeper.snapshot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who waits for whom, to be walked both ways. Thousands may wait, and in long chains: nothing here
 * calls itself.
 *
 * @param blockers those whom a session waits for
 * @param waiters those who wait for a session
 */
record WaitGraph(
    Map<Integer, SortedSet<Integer>> blockers, Map<Integer, SortedSet<Integer>> waiters) {
  private static final SortedSet<Integer> NOBODY = Collections.emptySortedSet();

  static WaitGraph of(Collection<Wait> waits) {
    WaitGraph graph = new WaitGraph(new TreeMap<>(), new TreeMap<>());
    waits.forEach(wait -> wait.blockers().forEach(front -> graph.edge(wait.pid(), front)));
    return graph;
  }

  /** Without what is in doubt. */
  static WaitGraph ofSure(Collection<Wait> waits) {
    return of(waits.stream().map(wait -> new Wait(wait.pid(), wait.sure())).toList());
  }

  private void edge(int waiter, int blocker) {
    if (waiter != blocker) {
      blockers.computeIfAbsent(waiter, pid -> new TreeSet<>()).add(blocker);
      waiters.computeIfAbsent(blocker, pid -> new TreeSet<>()).add(waiter);
    }
  }

  Set<Integer> blockersOf(int pid) {
    return blockers.getOrDefault(pid, NOBODY);
  }

  Set<Integer> waitersOf(int pid) {
    return waiters.getOrDefault(pid, NOBODY);
  }

  /**
   * For each session everybody who waits for it, directly or through others, as places in this
   * order.
   *
   * @param order {@link #rootsFirst}
   */
  Map<Integer, BitSet> behind(List<Integer> order) {
    Map<Integer, Integer> places = new HashMap<>();
    Map<Integer, BitSet> behind = new HashMap<>();
    for (int pid : order) {
      places.put(pid, places.size());
      behind.put(pid, new BitSet());
    }
    // The last come first, so once is enough but for circles.
    boolean circle = true;
    while (circle) {
      circle = false;
      for (int i = order.size() - 1; i >= 0; i--) {
        circle |= gather(order.get(i), places, behind);
      }
    }
    order.forEach(pid -> behind.get(pid).clear(places.get(pid)));
    return behind;
  }

  /** Whether somebody came too late to be counted by those before it in the order. */
  private boolean gather(int pid, Map<Integer, Integer> places, Map<Integer, BitSet> behind) {
    BitSet own = behind.get(pid);
    int known = own.cardinality();
    boolean late = false;
    for (int waiter : waitersOf(pid)) {
      own.set(places.get(waiter));
      own.or(behind.get(waiter));
      late |= places.get(waiter) < places.get(pid);
    }
    return late && own.cardinality() > known;
  }

  /** Everybody whom it waits for, directly or through others. */
  Set<Integer> inFrontOf(int pid) {
    Set<Integer> reached = new LinkedHashSet<>();
    Deque<Integer> next = new ArrayDeque<>(List.of(pid));
    while (!next.isEmpty()) {
      for (int each : blockersOf(next.remove())) {
        if (reached.add(each)) {
          next.add(each);
        }
      }
    }
    reached.remove(pid);
    return reached;
  }

  /**
   * Everybody, each after all whom it waits for. A circle begins with its lowest pid, which stands
   * for it as a root: the others of the circle come after it.
   */
  List<Integer> rootsFirst() {
    Map<Integer, Integer> open = new TreeMap<>();
    blockers.forEach((pid, fronts) -> open.put(pid, fronts.size()));
    List<Integer> order = new ArrayList<>();
    Deque<Integer> free = new ArrayDeque<>();
    waiters.keySet().stream().filter(pid -> !open.containsKey(pid)).forEach(free::add);
    while (!free.isEmpty() || !open.isEmpty()) {
      int pid = free.isEmpty() ? circular(open.keySet()) : free.remove();
      open.remove(pid);
      order.add(pid);
      for (int waiter : waitersOf(pid)) {
        if (open.containsKey(waiter) && open.merge(waiter, -1, Integer::sum) == 0) {
          free.add(waiter);
        }
      }
    }
    return order;
  }

  /** Those that stand in a circle, or between two of them. */
  Set<Integer> circular() {
    Set<Integer> circular = new TreeSet<>(blockers.keySet());
    circular.retainAll(waiters.keySet());
    Deque<Integer> outside = new ArrayDeque<>(blockers.keySet());
    outside.addAll(waiters.keySet());
    outside.removeIf(circular::contains);
    while (!outside.isEmpty()) {
      int pid = outside.remove();
      for (int next : waitersOf(pid)) {
        if (circular.contains(next) && blockersOf(next).stream().noneMatch(circular::contains)) {
          circular.remove(next);
          outside.add(next);
        }
      }
      for (int next : blockersOf(pid)) {
        if (circular.contains(next) && waitersOf(next).stream().noneMatch(circular::contains)) {
          circular.remove(next);
          outside.add(next);
        }
      }
    }
    return circular;
  }

  /** The lowest pid of a circle among these, none of whom is free to go. */
  private int circular(Set<Integer> open) {
    Map<Integer, Integer> steps = new HashMap<>();
    List<Integer> path = new ArrayList<>();
    int pid = open.iterator().next();
    while (steps.putIfAbsent(pid, path.size()) == null) {
      path.add(pid);
      pid = blockersOf(pid).stream().filter(open::contains).findFirst().orElseThrow();
    }
    return path.subList(steps.get(pid), path.size()).stream().min(Integer::compare).orElseThrow();
  }
}
