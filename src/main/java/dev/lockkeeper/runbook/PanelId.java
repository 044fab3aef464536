package dev.lockkeeper.runbook;

/** The live panels. */
public enum PanelId {
  PODS,
  EVENTS,
  LOCKS,
  MIGRATION,
  /** What the facts mean; it is opened in full and folds into the message line. */
  FINDINGS,
  /** What is asked before the step on the screen; it folds into the step. */
  CHECKS,
  /** What the run is for and what it has come to; it folds into nothing. */
  RUN;

  /**
   * Whether it shows what is seen of cluster and database, and so has its place on every screen.
   */
  public boolean isLive() {
    return switch (this) {
      case PODS, EVENTS, LOCKS, MIGRATION, FINDINGS -> true;
      case CHECKS, RUN -> false;
    };
  }
}
