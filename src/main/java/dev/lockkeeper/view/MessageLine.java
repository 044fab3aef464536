package dev.lockkeeper.view;

import dev.lockkeeper.wizard.NextAction;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Toast;
import java.util.ArrayList;
import java.util.List;

/** What just happened or is most urgent, and what comes next. */
final class MessageLine {
  private static final int MOST = 2;

  private MessageLine() {}

  /**
   * The notice, or what is on its way, in at most two lines, or the most urgent finding in one;
   * where {@code room} allows, what comes next stands below it. Before a question the notice stands
   * in its box. A finding may stay for long, so it never stands in the place of what comes next.
   */
  static List<Line> lines(State state, int width, int room) {
    List<Line> lines = new ArrayList<>();
    state.pending().ifPresent(pending -> lines.add(Acts.underWay(pending, state.now()).cut(width)));
    state
        .notice()
        .filter(notice -> lines.isEmpty() && state.dialog().isEmpty())
        .filter(notice -> !hidesFinding(notice, state))
        .ifPresent(notice -> lines.addAll(lines(notice, width)));
    int most = room;
    if (lines.isEmpty() && state.dialog().isEmpty()) {
      FindingsPanel.brief(state, width).ifPresent(lines::add);
      most = Math.max(room, lines.size() + 1);
    }
    boolean free = lines.size() < most && state.pending().isEmpty();
    if (state.dialog().isEmpty() && free) {
      lines.addAll(next(state, width, most - lines.size()));
    }
    return lines.isEmpty() ? List.of(Line.EMPTY) : lines;
  }

  /** An old success does not stand before what is wrong now. */
  private static boolean hidesFinding(Toast notice, State state) {
    return notice.tone() == Toast.Tone.GOOD && FindingsPanel.alarms(state);
  }

  /** A notice in at most two lines. */
  static List<Line> lines(Toast notice, int width) {
    return Rows.within(notice(notice, width), MOST);
  }

  private static List<Line> notice(Toast notice, int width) {
    return switch (notice.tone()) {
      case GOOD -> Hanging.of(Line.of("✔ ", Style.GOOD), notice.text(), Style.GOOD, width);
      case PLAIN -> Hanging.of(Line.of("· ", Style.DIM), notice.text(), Style.TEXT, width);
      case WARN -> Hanging.of(Line.of("▲ ", Style.WARN), notice.text(), Style.WARN, width);
      case BAD -> Hanging.of(Line.of("✖ ", Style.BAD), notice.text(), Style.BAD, width);
    };
  }

  private static List<Line> next(State state, int width, int room) {
    NextAction ahead = NextAction.of(state);
    Line mark = ahead.blocked() ? Line.of("… ", Style.DIM) : Line.of("→ ", Style.KEY);
    return room == 1
        ? List.of(mark.and(ahead.sentence(), Style.TEXT).cut(width))
        : Rows.within(Hanging.of(mark, ahead.sentence(), Style.TEXT, width), room);
  }
}
