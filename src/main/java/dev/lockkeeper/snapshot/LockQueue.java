package dev.lockkeeper.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One thing that is locked: who holds it, and who stands in line for it, in PostgreSQL's order.
 *
 * @param holders who holds it, by mode
 * @param line the waiting requests, the first to be served first
 */
public record LockQueue(Map<LockMode, Set<Integer>> holders, List<LockRequest> line) {
  /** Of all requests for one thing. */
  static LockQueue of(Collection<LockRequest> requests) {
    Map<LockMode, Set<Integer>> holders = new EnumMap<>(LockMode.class);
    Map<Integer, Set<LockMode>> held = new HashMap<>();
    for (LockRequest request : requests) {
      if (request.granted()) {
        holders.computeIfAbsent(request.mode(), mode -> new TreeSet<>()).add(request.session());
        held.computeIfAbsent(request.session(), pid -> EnumSet.noneOf(LockMode.class))
            .add(request.mode());
      }
    }
    return new LockQueue(holders, inLine(requests, held));
  }

  /**
   * Who comes later stands behind, unless it already holds what somebody in the line waits for:
   * then it goes before the first of these, because that one cannot be served before it.
   */
  private static List<LockRequest> inLine(
      Collection<LockRequest> requests, Map<Integer, Set<LockMode>> held) {
    List<LockRequest> line = new ArrayList<>();
    requests.stream()
        .filter(request -> !request.granted())
        .sorted(
            Comparator.comparing((LockRequest each) -> each.arrival().orElse(Long.MAX_VALUE))
                .thenComparing(LockRequest::session))
        .forEach(comer -> line.add(place(comer, line, held), comer));
    return line;
  }

  private static int place(
      LockRequest comer, List<LockRequest> line, Map<Integer, Set<LockMode>> held) {
    Set<LockMode> own = held.getOrDefault(comer.session(), Set.of());
    for (int i = 0; !own.isEmpty() && i < line.size(); i++) {
      LockRequest waiter = line.get(i);
      if (waiter.session() != comer.session()
          && own.stream().anyMatch(waiter.mode()::conflictsWith)) {
        return i;
      }
    }
    return line.size();
  }

  /** Everybody whom this session waits for here, as {@code pg_blocking_pids} counts them. */
  SortedSet<Integer> blockers(int session) {
    SortedSet<Integer> blockers = new TreeSet<>();
    for (int i = 0; i < line.size(); i++) {
      if (line.get(i).session() == session) {
        LockMode wanted = line.get(i).mode();
        blockers.addAll(holdersAgainst(wanted));
        line.subList(0, i).stream()
            .filter(before -> before.mode().conflictsWith(wanted))
            .forEach(before -> blockers.add(before.session()));
      }
    }
    blockers.remove(session);
    return blockers;
  }

  private SortedSet<Integer> holdersAgainst(LockMode wanted) {
    SortedSet<Integer> against = new TreeSet<>();
    wanted.excluded().forEach(mode -> against.addAll(holders.getOrDefault(mode, Set.of())));
    return against;
  }

  /**
   * The waiters, in the order of the line.
   *
   * @param timely whether the moments of arrival are exact; else they are an estimate, and so is
   *     the order
   */
  List<Wait> waits(boolean timely) {
    boolean ordered = timely && line.stream().allMatch(each -> each.arrival().isPresent());
    Map<LockMode, Set<Integer>> before = new EnumMap<>(LockMode.class);
    Map<LockMode, Set<Integer>> holding = new EnumMap<>(LockMode.class);
    Map<LockMode, Set<Integer>> rivals = new EnumMap<>(LockMode.class);
    List<Wait> waits = new ArrayList<>();
    for (LockRequest waiter : line) {
      Set<Integer> holders = holding.computeIfAbsent(waiter.mode(), this::holdersAgainst);
      Set<Integer> asking = rivals.computeIfAbsent(waiter.mode(), this::askingAgainst);
      waits.add(new Place(waiter, holders, before, asking).describe(ordered));
      before.computeIfAbsent(waiter.mode(), mode -> new TreeSet<>()).add(waiter.session());
    }
    return waits;
  }

  private Set<Integer> askingAgainst(LockMode wanted) {
    Set<Integer> asking = new TreeSet<>();
    line.stream()
        .filter(each -> each.mode().conflictsWith(wanted))
        .forEach(each -> asking.add(each.session()));
    return asking;
  }

  /**
   * A place in the line.
   *
   * @param holders who holds what excludes it
   * @param before who stands before it, by the mode that they ask for
   * @param rivals who asks for what excludes it, wherever they stand
   */
  private record Place(
      LockRequest waiter,
      Set<Integer> holders,
      Map<LockMode, Set<Integer>> before,
      Set<Integer> rivals) {
    Wait describe(boolean ordered) {
      Set<Integer> blockers = new TreeSet<>(holders);
      waiter.mode().excluded().stream()
          .filter(mode -> mode != waiter.mode())
          .forEach(mode -> blockers.addAll(before.getOrDefault(mode, Set.of())));
      blockers.remove(waiter.session());
      Set<Integer> alike = alike();
      int ahead = others(alike) - (int) blockers.stream().filter(alike::contains).count();
      if (blockers.isEmpty()) {
        // Nobody whom it is known to wait for, and yet it waits: it must be for one of these.
        blockers.addAll(rivals);
        blockers.remove(waiter.session());
        ahead = 0;
      }
      boolean onlyOne = others(holders) == 0 && others(rivals) == 1;
      boolean certain = ordered || onlyOne || others(rivals) == 0;
      return new Wait(waiter.session(), List.copyOf(blockers), ahead, certain);
    }

    private Set<Integer> alike() {
      LockMode wanted = waiter.mode();
      return wanted.conflictsWith(wanted) ? before.getOrDefault(wanted, Set.of()) : Set.of();
    }

    private int others(Set<Integer> sessions) {
      return sessions.size() - (sessions.contains(waiter.session()) ? 1 : 0);
    }
  }
}
