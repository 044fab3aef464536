package dev.lockkeeper.view;

import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.diagnosis.InTheWay;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Draws those who sit idle in a transaction before anybody waits for them.
 *
 * <pre>
 *   ▲ 4711 x2k4p v2.26.6  idle in transaction 3m12s · wrote  holds api_keys
 *     3 pending migrations would wait behind it: 365, 371, 389
 * </pre>
 */
final class IdleRows {
  /** coderd is idle for a moment between two statements of a transaction; that is nothing. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private static final int MOST = 5;

  private IdleRows() {}

  /** Those who wait for nobody, hold nobody up and migrate nothing, worst first. */
  static List<InTheWay> of(Database database, LockForest forest, List<Migration> pending) {
    Set<Integer> drawn = new HashSet<>();
    for (Wait wait : forest.waits()) {
      drawn.add(wait.pid());
      drawn.addAll(wait.blockers());
    }
    database.migrationLock().holder().ifPresent(drawn::add);
    database.schema().lockedBy().ifPresent(drawn::add);
    List<InTheWay> idle =
        InTheWay.idle(database, pending).stream()
            .filter(each -> !drawn.contains(each.backend().pid()))
            .filter(each -> lasts(each.backend()))
            .toList();
    List<InTheWay> worstFirst = new ArrayList<>(idle);
    worstFirst.sort((one, other) -> other.behind().size() - one.behind().size());
    return worstFirst;
  }

  private static boolean lasts(Backend backend) {
    return backend.stateAge().filter(age -> age.compareTo(MOMENT) < 0).isEmpty();
  }

  static List<Line> lines(List<InTheWay> idle, Sessions sessions, int width, boolean wide) {
    List<Line> lines = new ArrayList<>();
    for (InTheWay each : idle.subList(0, Math.min(MOST, idle.size()))) {
      lines.add(line(each, sessions, wide));
      if (!each.behind().isEmpty()) {
        lines.add(Line.of("  " + consequence(each, wide), Style.WARN).cut(width));
      }
    }
    if (idle.size() > MOST) {
      String more = "%d more idle in a transaction".formatted(idle.size() - MOST);
      lines.add(Line.of("▲ " + more, Style.WARN));
    }
    return lines;
  }

  private static Line line(InTheWay each, Sessions sessions, boolean wide) {
    Backend backend = each.backend();
    String gap = wide ? "  " : " ";
    String age = backend.stateAge().map(time -> " " + Elapsed.text(time)).orElse("");
    Line line =
        Line.of("▲ ", Style.WARN)
            .and(String.valueOf(backend.pid()), Style.STRONG)
            .and(" " + sessions.who(backend), Style.TEXT);
    Optional<String> version = sessions.version(backend).filter(text -> wide);
    if (version.isPresent()) {
      line = line.and(" " + version.get(), Style.DIM);
    }
    line = line.and(gap + (wide ? "idle in transaction" : "idle in tx") + age, Style.WARN);
    if (backend.wrote() && wide) {
      line = line.and(" · wrote", Style.WARN);
    }
    return each.tables().isEmpty()
        ? line
        : line.and(gap + "holds " + String.join(", ", each.tables()), Style.TEXT);
  }

  private static String consequence(InTheWay each, boolean wide) {
    return wide
        ? each.consequence()
        : Words.count(each.behind().size(), "migration") + " would wait for it";
  }
}
