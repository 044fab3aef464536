package dev.lockkeeper.wizard;

/** What a key on the main screen asks for. */
public enum Intent {
  RUN,
  NEXT_STEP,
  PREVIOUS_STEP,
  CURRENT_STEP,
  WAIVE,
  SKIP,
  AGAIN,
  SCROLL_DOWN,
  SCROLL_UP,
  PANEL_PODS,
  PANEL_EVENTS,
  PANEL_LOCKS,
  PANEL_MIGRATION,
  PANEL_FINDINGS,
  PANEL_CHECKS,
  PANEL_RUN,
  COPY,
  KEEP,
  BACK,
  HELP,
  SUSPEND,
  INTERRUPT,
  LEAVE
}
