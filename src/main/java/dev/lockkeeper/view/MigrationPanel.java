package dev.lockkeeper.view;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the migration stands, with a clock that runs only while one is under way.
 *
 * <pre>
 *   ◐ IN FLIGHT by pid 4733 (coder-5c8d7-q7x9m)
 *   2m10s · usual is 4 to 7 min
 *   ████▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░
 *   0       4     7              15 min
 *   ALTER TABLE api_keys ADD COLUMN …
 *   schema 362 → 401 (39)
 * </pre>
 */
public final class MigrationPanel {
  private static final int GAUGE = 30;

  private MigrationPanel() {}

  /** The panel's name. */
  public static Line title() {
    return Line.of("Migration", Style.TITLE);
  }

  /** The state, the clock, the statement, the way. */
  public static List<Line> lines(Snapshot snapshot, Knowledge knowledge, int width, int height) {
    MigrationState state = MigrationState.of(snapshot);
    List<Line> lines = new ArrayList<>(headline(state, width));
    state.running().ifPresent(running -> lines.addAll(clock(state, running, width)));
    state.progress().ifPresent(text -> lines.addAll(Line.wrapped(text, Style.TEXT, width)));
    if (!state.underWay()) {
      state.evidence().forEach(text -> lines.addAll(Line.wrapped(text, Style.DIM, width)));
    }
    List<Line> statement = statement(state, width);
    lines.addAll(statement.size() > height / 3 ? cut(state, width) : statement);
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    if (path.wanted().isPresent()) {
      lines.add(Line.of(numbers(path, knowledge)).cut(width));
    }
    return Rows.within(lines, height);
  }

  /** What the migrator runs, whole. */
  static List<Line> statement(Snapshot snapshot, int width) {
    return statement(MigrationState.of(snapshot), width);
  }

  private static List<Line> statement(MigrationState state, int width) {
    return query(state)
        .map(query -> CommandLines.sql(query, Style.COMMAND, width))
        .orElse(List.of());
  }

  private static List<Line> cut(MigrationState state, int width) {
    return query(state).stream().map(query -> Line.of(query, Style.COMMAND).cut(width)).toList();
  }

  private static Optional<String> query(MigrationState state) {
    return state.migrator().map(Backend::query).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** State and clock in one line, for a folded panel. */
  public static Line summary(Snapshot snapshot) {
    Observed<Database> database = snapshot.database();
    Instant now = snapshot.now();
    MigrationState state = MigrationState.of(snapshot);
    Line head = title().and("  ", Style.TEXT);
    if (!Freshness.live(database, now)) {
      return head.and(Freshness.why(database, now));
    }
    Line line =
        head.and(glyph(state) + " " + word(state), style(state)).and(rest(state), Style.TEXT);
    return state
        .running()
        .map(running -> line.and("  " + Elapsed.text(running), tone(state, running)))
        .orElse(line)
        .and("  ", Style.TEXT)
        .and(Freshness.age(database, now));
  }

  /** {@code schema 362 → 401 (39)}: from, to, and how many migrations that is. */
  static String numbers(UpgradePath path, Knowledge knowledge) {
    String from = path.schema().map(Object::toString).orElse("?");
    String to = path.wanted().map(Object::toString).orElse("?");
    int pending = path.pending(knowledge).size();
    return "schema %s → %s".formatted(from, to) + (pending == 0 ? "" : " (" + pending + ")");
  }

  private static List<Line> headline(MigrationState state, int width) {
    Line mark = Line.of(glyph(state) + " ", style(state));
    String word = word(state);
    List<Line> text = Line.wrapped(word + rest(state), Style.TEXT, width - mark.columns());
    List<Line> lines = new ArrayList<>();
    for (Line line : text) {
      boolean first = lines.isEmpty() && line.text().startsWith(word);
      lines.add(
          first
              ? Line.of(word, style(state)).and(line.text().substring(word.length()), Style.TEXT)
              : line);
    }
    return Hanging.beside(mark, lines);
  }

  private static List<Line> clock(MigrationState state, Duration running, int width) {
    Style tone = tone(state, running);
    List<Line> lines =
        new ArrayList<>(
            Line.wrapped(Elapsed.text(running) + " · " + usual(state, running), tone, width));
    boolean works = state.kind() == MigrationState.Kind.IN_FLIGHT;
    if (works && width >= GAUGE + 4) {
      lines.add(gauge(running, tone));
      lines.add(Line.of("0       4     7              15 min", Style.DIM));
    }
    return lines;
  }

  /** Half a minute for each column, up to a quarter of an hour; the usual range is denser. */
  private static Line gauge(Duration running, Style tone) {
    int filled = (int) Math.min(GAUGE, running.toSeconds() / 30);
    Line line = Line.of("█".repeat(filled), tone);
    StringBuilder left = new StringBuilder();
    for (int at = filled; at < GAUGE; at++) {
      left.append(at >= 8 && at < 14 ? '▒' : '░');
    }
    return line.and(left.toString(), Style.DIM);
  }

  /** A migrator that waits is not slow, and no time is usual for it. */
  private static String usual(MigrationState state, Duration running) {
    if (waits(state)) {
      return "waiting, not working";
    }
    if (running.compareTo(MigrationState.SUPPORT) > 0) {
      return "over 15 min: ask support";
    }
    return running.compareTo(MigrationState.NORMAL) > 0
        ? "longer than the usual 4 to 7 min"
        : "usual is 4 to 7 min";
  }

  private static Style tone(MigrationState state, Duration running) {
    if (waits(state) || running.compareTo(MigrationState.SUPPORT) > 0) {
      return Style.BAD;
    }
    return running.compareTo(MigrationState.NORMAL) > 0 ? Style.WARN : Style.GOOD;
  }

  private static boolean waits(MigrationState state) {
    return state.kind() == MigrationState.Kind.BLOCKED
        || state.kind() == MigrationState.Kind.WAITING;
  }

  private static String word(MigrationState state) {
    return state.kind().name().replace('_', ' ');
  }

  /** What the headline says besides its first word. */
  private static String rest(MigrationState state) {
    String word = word(state);
    return state.headline().startsWith(word)
        ? state.headline().substring(word.length())
        : ": " + state.headline();
  }

  private static String glyph(MigrationState state) {
    return switch (state.kind()) {
      case IDLE, EMPTY -> "·";
      case WAITING -> "▲";
      case IN_FLIGHT -> "◐";
      case BLOCKED, DIRTY, WRONG_DATABASE -> "✖";
      case COMMITTED -> "✔";
      case ROLLED_BACK -> "▲";
      case UNKNOWN -> "?";
    };
  }

  private static Style style(MigrationState state) {
    return switch (state.kind()) {
      case IDLE, EMPTY -> Style.DIM;
      case WAITING -> Style.WARN;
      case IN_FLIGHT -> Style.WARN;
      case BLOCKED, DIRTY, WRONG_DATABASE -> Style.BAD;
      case COMMITTED -> Style.GOOD;
      case ROLLED_BACK -> Style.WARN;
      case UNKNOWN -> Style.UNKNOWN;
    };
  }
}
