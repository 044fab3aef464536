package dev.lockkeeper.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
  /** Microseconds. A busy processor can keep a session between the two for so long. */
  private static final long RACE = 20_000;

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

  boolean hasInLine(int session) {
    return line.stream().anyMatch(each -> each.session() == session);
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
   * The waiters, in the order of the line. Of two that came within {@link #RACE} it is not known
   * which one stands first: a session joins the queue, and only then writes down since when it
   * waits.
   *
   * @param timely whether the moments of arrival are exact; else they are an estimate, and so is
   *     the order
   */
  List<Wait> waits(boolean timely) {
    boolean moments = timely && line.stream().allMatch(each -> each.arrival().isPresent());
    Map<LockMode, Set<Integer>> holding = new EnumMap<>(LockMode.class);
    Map<LockMode, Set<Integer>> rivals = new EnumMap<>(LockMode.class);
    Map<LockMode, LinkedHashSet<Integer>> before = new EnumMap<>(LockMode.class);
    Map<LockMode, Integer> last = new EnumMap<>(LockMode.class);
    List<Wait> waits = new ArrayList<>();
    Set<LockRequest> racing = racing();
    for (LockRequest waiter : line) {
      LockMode mode = waiter.mode();
      Set<Integer> holders = holding.computeIfAbsent(mode, this::holdersAgainst);
      Set<Integer> asking = rivals.computeIfAbsent(mode, this::askingAgainst);
      boolean ordered = moments && !racing.contains(waiter);
      waits.add(new Place(waiter, holders, before, last, asking).describe(ordered));
      before.computeIfAbsent(mode, key -> new LinkedHashSet<>()).add(waiter.session());
      last.put(mode, waiter.session());
    }
    return waits;
  }

  private Set<LockRequest> racing() {
    List<LockRequest> arrivals = new ArrayList<>(line);
    arrivals.sort(Comparator.comparing(LockQueue::moment));
    Set<LockRequest> racing = new HashSet<>();
    for (int i = 0; i < arrivals.size(); i++) {
      if (races(arrivals, i)) {
        racing.add(arrivals.get(i));
      }
    }
    return racing;
  }

  /** Whether somebody who excludes this one came at about the same time. */
  private static boolean races(List<LockRequest> arrivals, int place) {
    LockRequest waiter = arrivals.get(place);
    Set<LockMode> against = waiter.mode().excluded();
    for (int step : List.of(-1, 1)) {
      for (int i = place + step; i >= 0 && i < arrivals.size(); i += step) {
        LockRequest other = arrivals.get(i);
        if (Math.abs(moment(other) - moment(waiter)) >= RACE) {
          break;
        }
        if (other.session() != waiter.session() && against.contains(other.mode())) {
          return true;
        }
      }
    }
    return false;
  }

  private static long moment(LockRequest waiter) {
    return waiter.arrival().orElse(Long.MAX_VALUE);
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
   * @param before who stands before it, by what they ask for
   * @param last the nearest of these
   * @param rivals who asks for what excludes it, wherever they stand
   */
  private record Place(
      LockRequest waiter,
      Set<Integer> holders,
      Map<LockMode, LinkedHashSet<Integer>> before,
      Map<LockMode, Integer> last,
      Set<Integer> rivals) {
    /** So many holders are named again by one who is not the first to ask for this. */
    private static final int NAMED_AGAIN = 50;

    Wait describe(boolean ordered) {
      Set<Integer> named = named();
      int ahead = all() - named.size();
      if (named.isEmpty()) {
        // Nobody whom it is known to wait for, and yet it waits: it must be for one of these.
        named.addAll(rivals);
        named.remove(waiter.session());
        ahead = 0;
      }
      boolean onlyOne = others(holders) == 0 && others(rivals) == 1;
      boolean certain = ordered || onlyOne || others(rivals) == 0;
      return new Wait(
          waiter.session(),
          List.copyOf(named),
          ahead,
          certain,
          named.stream().filter(each -> !holders.contains(each)).toList());
    }

    /**
     * Whoever asks for the same waits for nobody whom the nearest of them does not wait for, too;
     * so two of a kind lead to everybody.
     */
    private Set<Integer> named() {
      Set<Integer> named = new TreeSet<>();
      LinkedHashSet<Integer> alike = standing(waiter.mode());
      boolean again = !alike.isEmpty() && waiter.mode().conflictsWith(waiter.mode());
      if (again && holders.size() > NAMED_AGAIN) {
        holders.stream().limit(NAMED_AGAIN).forEach(named::add);
        named.add(alike.iterator().next());
      } else {
        named.addAll(holders);
      }
      for (LockMode mode : waiter.mode().excluded()) {
        if (mode != waiter.mode() && before.containsKey(mode)) {
          named.add(standing(mode).iterator().next());
          named.add(last.get(mode));
        }
      }
      named.remove(waiter.session());
      return named;
    }

    /** How many it waits for. */
    private int all() {
      int all = others(holders);
      for (LockMode mode : waiter.mode().excluded()) {
        Set<Integer> standing = standing(mode);
        Set<Integer> fewer = standing.size() < holders.size() ? standing : holders;
        Set<Integer> more = fewer == standing ? holders : standing;
        long both =
            fewer.stream().filter(pid -> pid != waiter.session() && more.contains(pid)).count();
        all += others(standing) - (int) both;
      }
      return all;
    }

    private LinkedHashSet<Integer> standing(LockMode mode) {
      return before.getOrDefault(mode, new LinkedHashSet<>());
    }

    private int others(Set<Integer> sessions) {
      return sessions.size() - (sessions.contains(waiter.session()) ? 1 : 0);
    }
  }
}
