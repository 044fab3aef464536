package dev.lockkeeper.view;

import dev.lockkeeper.analysis.InTheWay;
import dev.lockkeeper.snapshot.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws those who sit idle in a transaction before anybody waits for them.
 *
 * <pre>
 *   ▲ 4711 x2k4p v2.26.6  idle in transaction 3m12s · wrote  holds api_keys
 *     3 pending migrations would wait behind it: 365, 371, 389
 * </pre>
 */
final class IdleRows {
  private static final int MOST = 5;

  private IdleRows() {}

  static List<Line> lines(List<InTheWay> idle, SessionNames sessions, int width, boolean wide) {
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

  /** All of it in one line, whatever its length. */
  static Line whole(InTheWay each, SessionNames sessions) {
    Line line = line(each, sessions, true);
    return each.behind().isEmpty() ? line : line.and("  " + consequence(each, true), Style.WARN);
  }

  private static Line line(InTheWay each, SessionNames sessions, boolean wide) {
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
    if (backend.activity().wrote() && wide) {
      line = line.and(" · wrote", Style.WARN);
    }
    return each.tables().isEmpty()
        ? line
        : line.and(gap + "holds " + String.join(", ", each.tables()), Style.TEXT);
  }

  private static String consequence(InTheWay each, boolean wide) {
    return wide
        ? each.consequence()
        : Counts.count(each.behind().size(), "migration") + " would wait for it";
  }
}
