package dev.lockkeeper.diagnosis;

/** The steps of the bundled runbooks that answer findings: {@code runbook id}. */
final class Steps {
  static final String SCALERS = "coder-upgrade 3.1s";
  static final String PATH = "coder-upgrade 1.3";
  static final String VERSIONS = "coder-upgrade 1.1";
  static final String SCALE_DOWN = "coder-upgrade 3.2";
  static final String CHANGE_VERSION = "coder-upgrade 4.2";
  static final String END_ORPHANS = "coder-recovery 3.1";
  static final String END_BLOCKERS = "coder-recovery 3.3";
  static final String ROLL_BACK_PREPARED = "coder-recovery 3.4";
  static final String DIRTY = "coder-recovery 5.2";
  static final String MATCH_IMAGE = "coder-recovery 3.6";
  static final String V1 = "coder-v1 1.1";
  static final String PROBE_EVENTS = "coder-probes 1.2";
  static final String WATCH = "coder-upgrade 5.1";

  private Steps() {}
}
