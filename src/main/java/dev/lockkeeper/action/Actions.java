package dev.lockkeeper.action;

import java.util.List;

/** All that a step of a runbook may do. */
public final class Actions {
  /** Each of them once; the order tells nothing. */
  public static final List<Action> ALL =
      List.of(
          new ScaleDown(),
          new ChangeImage(),
          new ScaleBack(false),
          new ScaleBack(true),
          new ScaleToZero(),
          new EndOrphans(),
          new EndBlockers(EndRequest.Manner.CANCEL),
          new EndBlockers(EndRequest.Manner.TERMINATE),
          new RollBackPrepared(),
          new LimitConnections(true),
          new LimitConnections(false),
          new EndSessions(false),
          new EndSessions(true),
          new RepairDirty(),
          new RaiseMemory(),
          new SetImage(),
          new EditProbe(EditProbe.Way.REMOVE),
          new EditProbe(EditProbe.Way.SOFTEN),
          new EditProbe(EditProbe.Way.RESTORE),
          new HoldScaler(),
          new ReleaseScaler(false),
          new ReleaseScaler(true),
          new HelmUpgrade(true),
          new HelmUpgrade(false),
          new Adopt(),
          new UpgradeCoderV1(),
          new InstallAgain(),
          new AddRepository(),
          new KeepValues(),
          new KeepEvidence(),
          new ForgetRevision(),
          new RollBackRelease(),
          new UninstallRelease(),
          new TakeLease());

  private Actions() {}
}
