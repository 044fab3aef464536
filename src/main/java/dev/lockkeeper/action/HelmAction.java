package dev.lockkeeper.action;

/** What can be done with Helm only. */
public interface HelmAction extends Action {
  @Override
  default boolean needsHelm() {
    return true;
  }
}
