package dev.lockkeeper.action;

/** What can be done with Helm only. */
public sealed interface HelmAction extends Action
    permits AddRepository,
        HelmUpgrade,
        InstallAgain,
        KeepValues,
        UpgradeCoderV1,
        RollBackRelease,
        UninstallRelease {
  @Override
  default boolean needsHelm() {
    return true;
  }
}
