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
  CHECKS
}
