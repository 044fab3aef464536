package dev.lockkeeper.wizard;

import dev.lockkeeper.runbook.PanelId;
import java.util.List;

/** The keys that matter in an open panel, the most important first. */
final class PanelHints {
  private PanelHints() {}

  static List<Hint> of(Opened opened) {
    if (opened.search().typing()) {
      return List.of(Hint.live("enter", "search"), Hint.live("esc", "end the search"));
    }
    Hint search = opened.search().active() ? Hint.live("n N", "matches") : hint(PanelIntent.SEARCH);
    Hint zoom = opened.zoomed() ? Hint.live("z", "back") : hint(PanelIntent.ZOOM);
    Hint back = hint(PanelIntent.BACK);
    Hint copy = hint(PanelIntent.COPY);
    return switch (PanelKey.Focus.of(opened)) {
      case ROWS -> rows(opened.panel(), search, zoom, back);
      case TEXT -> List.of(hint(PanelIntent.AGAIN), back, search, zoom, copy);
      case LOG -> List.of(hint(PanelIntent.CONTAINER), hint(PanelIntent.OLDER), back, search, copy);
    };
  }

  private static List<Hint> rows(PanelId panel, Hint search, Hint zoom, Hint back) {
    return switch (panel) {
      case PODS ->
          List.of(
              Hint.live(PanelKeys.of(PanelIntent.OPEN).label(), "log"),
              hint(PanelIntent.DESCRIBE),
              search,
              zoom);
      case LOCKS, EVENTS, FINDINGS -> List.of(hint(PanelIntent.OPEN), back, search, zoom);
      case MIGRATION, CHECKS, RUN -> List.of(back, zoom);
    };
  }

  private static Hint hint(PanelIntent intent) {
    PanelKey key = PanelKeys.of(intent);
    return Hint.live(key.label(), key.brief());
  }
}
