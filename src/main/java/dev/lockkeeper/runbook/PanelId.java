package dev.lockkeeper.runbook;

/** The live panels. */
public enum PanelId {
  PODS,
  EVENTS,
  LOCKS,
  MIGRATION
}
