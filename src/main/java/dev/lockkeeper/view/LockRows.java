package dev.lockkeeper.view;

import dev.lockkeeper.coder.CoderLock;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.LockForest.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws a lock forest. Waiters without followers that differ only by their pid share a line.
 *
 * <pre>
 *   ● 4711 x2k4p  idle in transaction 3m12s · wrote  holds api_keys AccessShare
 *   └─ 4733 MIGRATOR p8w2d  waits 3m10s for api_keys AccessExclusive
 *      └─ 4740 4741 4742 q4m7z  wait 2m58s for api_keys AccessShare
 * </pre>
 */
final class LockRows {
  private static final int NAMED = 4;
  private static final String MIGRATION = "the migration lock";

  private final SessionNames sessions;
  private final boolean wide;
  private final String gap;
  private final boolean alone;
  private final List<Line> rows = new ArrayList<>();
  private final Map<Integer, Line> byPid = new HashMap<>();

  private LockRows(SessionNames sessions, boolean wide, boolean alone) {
    this.sessions = sessions;
    this.wide = wide;
    this.alone = alone;
    this.gap = wide ? "  " : " ";
  }

  /**
   * A line for each session or group of sessions.
   *
   * @param wide whether there is room for lock modes and whole words
   */
  static List<Line> of(LockForest forest, SessionNames sessions, boolean wide) {
    return drawn(forest, new LockRows(sessions, wide, false)).rows;
  }

  /** A line for each session by itself, at its pid or place. */
  static Map<Integer, Line> ofEach(LockForest forest, SessionNames sessions) {
    return drawn(forest, new LockRows(sessions, true, true)).byPid;
  }

  private static LockRows drawn(LockForest forest, LockRows drawing) {
    for (Tree root : forest.roots()) {
      drawing.add(root, drawing.root(root));
      drawing.below(root, "");
    }
    return drawing;
  }

  private void add(Tree tree, Line line) {
    rows.add(line);
    byPid.put(tree.pid(), line);
  }

  private void below(Tree tree, String indent) {
    List<List<Tree>> groups = groups(tree.waiters());
    for (int i = 0; i < groups.size(); i++) {
      boolean last = i == groups.size() - 1;
      List<Tree> group = groups.get(i);
      Line branch = Line.of(indent + (last ? "└─ " : "├─ "), Style.BORDER);
      add(group.get(0), branch.and(waiters(group)));
      if (group.size() == 1) {
        below(group.get(0), indent + (last ? "   " : "│  "));
      }
    }
  }

  private Line root(Tree tree) {
    Line line = Line.of("● ", Style.BAD).and(name(tree.pid()));
    if (tree.wants().isPresent()) {
      return line.and("  waits in a circle (deadlock)", Style.BAD);
    }
    Line doing = sessions.of(tree.pid()).map(this::state).orElse(Line.EMPTY);
    return line.and(doing).and(holds(tree.holds()));
  }

  private Line name(int pid) {
    if (LockForest.isPrepared(pid)) {
      return Line.of(sessions.prepared(pid), Style.BAD);
    }
    Line line = Line.of(String.valueOf(pid), Style.STRONG);
    if (!sessions.part(pid).isEmpty()) {
      line =
          line.and(" ", Style.TEXT)
              .and(part(pid), sessions.migrates(pid) ? Style.STRONG : Style.DIM);
      if (!wide) {
        return line;
      }
    }
    return line.and(
        " " + sessions.of(pid).map(sessions::who).orElse("not of this database"), Style.TEXT);
  }

  private Line state(Backend backend) {
    if (backend.hidden()) {
      return Line.of(gap + "state hidden", Style.UNKNOWN);
    }
    String state = backend.state().orElse("");
    String brief = wide ? state : state.replace("idle in transaction", "idle in tx");
    String age = backend.stateAge().map(Elapsed::text).map(text -> " " + text).orElse("");
    Line line = Line.of(gap + brief + age, backend.idleInTransaction() ? Style.WARN : Style.TEXT);
    return backend.activity().wrote() && wide ? line.and(" · wrote", Style.WARN) : line;
  }

  private Line holds(List<Lock> locks) {
    String text = locks.stream().map(this::lock).distinct().collect(Collectors.joining(", "));
    return text.isEmpty() ? Line.EMPTY : Line.of(gap + "holds " + text, Style.TEXT);
  }

  private Line waiters(List<Tree> group) {
    Tree first = group.get(0);
    String waiting = gap + (group.size() == 1 ? "waits" : "wait");
    Line line = group.size() == 1 ? name(first.pid()) : names(group);
    line = line.and(waiting + longest(group), Style.WARN);
    line = line.and(wanted(first), Style.TEXT);
    if (first.alsoBehind().isEmpty()) {
      return line;
    }
    return line.and(gap + "also behind " + others(first.alsoBehind()), Style.DIM);
  }

  private String others(List<Integer> pids) {
    int more = pids.size() - NAMED;
    return pids.stream()
            .limit(NAMED)
            .map(pid -> LockForest.isPrepared(pid) ? sessions.prepared(pid) : pid.toString())
            .collect(Collectors.joining(", "))
        + (more > 0 ? " +" + more : "");
  }

  /** Where there is little room, being queued says enough about the lock that is waited for. */
  private String wanted(Tree tree) {
    String lock = tree.wants().map(this::lock).orElse("");
    if (lock.isEmpty() || (!wide && lock.equals(MIGRATION))) {
      return "";
    }
    return (wide ? " for " : " ") + lock;
  }

  /** {@code 4740 4741 4742 4743 +5 queued migrator x2k4p}. */
  private Line names(List<Tree> group) {
    int shown = wide ? Math.min(NAMED, group.size()) : 1;
    String pids =
        group.stream()
            .limit(shown)
            .map(tree -> String.valueOf(tree.pid()))
            .collect(Collectors.joining(" "));
    int more = group.size() - shown;
    Line line = Line.of(pids + (more > 0 ? " +" + more : ""), Style.STRONG);
    String part = part(group.get(0).pid());
    return line.and(part.isEmpty() ? "" : " " + part, Style.DIM)
        .and(" " + who(group.get(0)), Style.TEXT);
  }

  /** Where there is little room, a queued migrator is called queued. */
  private String part(int pid) {
    String part = sessions.part(pid);
    return wide ? part : part.replace(" migrator", "");
  }

  private String longest(List<Tree> group) {
    return group.stream()
        .flatMap(tree -> waited(tree).stream())
        .max(Duration::compareTo)
        .map(age -> " " + Elapsed.text(age))
        .orElse("");
  }

  /**
   * PostgreSQL 13 does not say since when a lock is waited for; then the statement's age must do.
   */
  private Optional<Duration> waited(Tree tree) {
    return tree.wants()
        .flatMap(Lock::waiting)
        .or(() -> sessions.of(tree.pid()).flatMap(Backend::stateAge));
  }

  private String lock(Lock lock) {
    String target = target(lock);
    return wide && !target.equals(MIGRATION)
        ? target + " " + lock.mode().replaceFirst("Lock$", "")
        : target;
  }

  private String target(Lock lock) {
    String relation = lock.relation().orElse("?");
    return switch (lock.type()) {
      case "relation" -> lock.relation().orElse("relation");
      case "tuple" -> "a row of " + relation;
      case "page", "extend" -> lock.type() + " of " + relation;
      case "transactionid", "virtualxid" -> "transaction " + lock.key();
      case "advisory" -> advisory(lock.key());
      default -> (lock.type() + " " + lock.key()).strip();
    };
  }

  private String advisory(String key) {
    return sessions.locksMigration(key)
        ? MIGRATION
        : CoderLock.of(key).map(lock -> "Coder's " + lock.written()).orElse("advisory " + key);
  }

  private String who(Tree tree) {
    return sessions.of(tree.pid()).map(sessions::who).orElse("");
  }

  /** Waiters that would have the same line but for their pids, in their order. */
  private List<List<Tree>> groups(List<Tree> trees) {
    if (alone) {
      return trees.stream().map(List::of).toList();
    }
    Map<List<String>, List<Tree>> groups = new LinkedHashMap<>();
    for (Tree tree : trees) {
      groups.computeIfAbsent(alike(tree), key -> new ArrayList<>()).add(tree);
    }
    return List.copyOf(groups.values());
  }

  private List<String> alike(Tree tree) {
    boolean leader = !tree.waiters().isEmpty() || sessions.of(tree.pid()).isEmpty();
    return Stream.of(
            leader ? String.valueOf(tree.pid()) : "",
            sessions.part(tree.pid()),
            who(tree),
            tree.wants().map(this::lock).orElse(""),
            tree.alsoBehind().toString())
        .toList();
  }
}
