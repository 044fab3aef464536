package dev.lockkeeper.view;

import dev.lockkeeper.analysis.InTheWay;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who holds up whom in the database, and what our role cannot see of it. */
public final class LocksPanel {
  private static final int WIDE = 60;

  private LocksPanel() {}

  /** The panel's name and counts: {@code Locks 1 root · 4 waiting}. */
  public static Line title(Observed<Database> database, Instant now) {
    Line name = Line.of("Locks", Style.TITLE);
    return database
        .value()
        .map(LockForest::of)
        .filter(forest -> forest.waiting() > 0)
        .map(
            forest ->
                Line.of(" " + Counts.count(forest.roots().size(), "root"), Style.STRONG)
                    .and(" · " + forest.waiting() + " waiting", Style.WARN))
        .map(counts -> Freshness.counts(database, now, name, counts))
        .orElse(name);
  }

  /**
   * The forest, roots first, and who may become one; when nothing waits, the number of sessions by
   * pod.
   *
   * @param pending the migrations that the upgrade will run
   */
  public static List<Line> lines(
      Observed<Database> database,
      Observed<Cluster> cluster,
      Instant now,
      List<Migration> pending,
      int width,
      int height) {
    return Freshness.body(
        database,
        now,
        width,
        height,
        (seen, moment) -> {
          SessionNames sessions =
              new SessionNames(seen, cluster, now, SessionNames.Names.at(width));
          return withCost(all(seen, sessions, pending, width), seen, width, height);
        });
  }

  /** Behind whom how many wait, for a folded panel. */
  public static Line summary(Observed<Database> database, Instant now) {
    return Freshness.summary(title(database, now), database, now, LocksPanel::worst);
  }

  private static Line worst(Database database) {
    return LockForest.of(database).roots().stream()
        .findFirst()
        .map(
            root ->
                Line.of(
                    "%d behind %s".formatted(root.behind(), named(database, root.pid())),
                    Style.WARN))
        .orElseGet(() -> nothing(database).and(idle(database)));
  }

  private static Line idle(Database database) {
    int idle = InTheWay.unnoticed(database, List.of()).size();
    return idle == 0
        ? Line.EMPTY
        : Line.of(" · %d idle in a transaction".formatted(idle), Style.WARN);
  }

  private static String named(Database database, int pid) {
    return LockForest.isPrepared(pid)
        ? database
            .prepared(pid)
            .map(each -> "prepared transaction " + each.gid())
            .orElse("a prepared transaction")
        : String.valueOf(pid);
  }

  /** What stands above the sessions of an open panel: what is not the whole truth, and the sum. */
  static List<Line> head(Database database, SessionNames sessions, int width) {
    List<Line> lines = new ArrayList<>(limits(database, sessions, width));
    LockForest forest = LockForest.of(database);
    if (forest.waiting() == 0) {
      lines.addAll(quiet(database, sessions, List.of(), width).subList(0, 1));
    }
    int more = database.locking().unlisted().sessions();
    if (more > 0) {
      lines.add(Line.of("? %d more sessions were not read".formatted(more), Style.UNKNOWN));
    }
    return lines;
  }

  private static List<Line> all(
      Database database, SessionNames sessions, List<Migration> pending, int width) {
    LockForest forest = LockForest.of(database);
    boolean wide = width >= WIDE;
    List<Line> idle = IdleRows.lines(InTheWay.unnoticed(database, pending), sessions, width, wide);
    List<Line> lines = new ArrayList<>(limits(database, sessions, width));
    lines.addAll(prepared(database));
    if (forest.waiting() == 0) {
      lines.addAll(quiet(database, sessions, idle, width));
      return lines;
    }
    lines.addAll(LockRows.of(forest, sessions, wide));
    lines.addAll(idle);
    if (!forest.waits().stream().allMatch(Wait::certain)) {
      String order = "? who is first in a queue is a guess where the server does not say";
      lines.addAll(Line.wrapped(order, Style.UNKNOWN, width));
    }
    int unread = forest.unplaced().size() + database.locking().unlisted().waiters();
    if (unread > 0) {
      String more = "%d more wait; for whom was not read".formatted(unread);
      lines.add(Line.of("? " + more, Style.UNKNOWN));
    }
    return lines;
  }

  /** The last line, where there is one to spare. */
  private static List<Line> withCost(List<Line> lines, Database database, int width, int height) {
    if (width >= WIDE && lines.size() < height) {
      String cost =
          "one look at the database takes %d ms".formatted(database.load().cost().toMillis());
      lines.add(Line.of(cost, Style.DIM));
    }
    return lines;
  }

  /** What makes this picture less than the whole truth. */
  private static List<Line> limits(Database database, SessionNames sessions, int width) {
    List<Line> lines = new ArrayList<>();
    if (database.identity().standby()) {
      String standby = "? a standby: its locks say nothing about the primary's";
      lines.addAll(Line.wrapped(standby, Style.UNKNOWN, width));
    }
    if (database.hidden() > 0) {
      String hidden =
          "? %s hidden from role %s (needs pg_read_all_stats)"
              .formatted(Counts.count(database.hidden(), "session"), database.identity().user());
      lines.addAll(Line.wrapped(hidden, Style.UNKNOWN, width));
    }
    sessions
        .pooler()
        .map("? every session comes from %s, no pod's address: a pooler stands between"::formatted)
        .ifPresent(pooler -> lines.addAll(Line.wrapped(pooler, Style.UNKNOWN, width)));
    return lines;
  }

  private static List<Line> prepared(Database database) {
    return database.prepared().stream().map(LocksPanel::prepared).toList();
  }

  private static Line prepared(PreparedTransaction transaction) {
    return Line.of("▲ prepared ", Style.WARN)
        .and(Elapsed.text(transaction.age()) + " ago", Style.WARN)
        .and(" by " + transaction.owner() + ": ", Style.TEXT)
        .and(transaction.gid(), Style.STRONG);
  }

  /** Where sessions are hidden, seeing no wait is not the same as knowing that there is none. */
  private static Line nothing(Database database) {
    return database.hidden() == 0
        ? Line.of("nothing waits", Style.GOOD)
        : Line.of("no wait seen", Style.UNKNOWN);
  }

  private static List<Line> quiet(
      Database database, SessionNames sessions, List<Line> idle, int width) {
    List<Line> lines = new ArrayList<>();
    int more = database.locking().unlisted().sessions();
    String count = Counts.count(sessions.clients() + more, "session");
    lines.add(nothing(database).and(" · " + count, Style.TEXT));
    Optional<Integer> migrator =
        database.migrationLock().holder().filter(pid -> !LockForest.isPrepared(pid));
    migrator.ifPresent(
        pid -> {
          String who = sessions.of(pid).map(sessions::who).orElse("not of this database");
          lines.add(
              Line.of("MIGRATOR", Style.STRONG).and(" %d %s".formatted(pid, who), Style.TEXT));
        });
    lines.addAll(idle);
    lines.addAll(sessions.counted(width));
    if (more > 0) {
      lines.add(Line.of("? %d more; whose was not read".formatted(more), Style.UNKNOWN));
    }
    return lines;
  }
}
