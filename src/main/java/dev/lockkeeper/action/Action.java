package dev.lockkeeper.action;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;

/** Something that a step does. */
public sealed interface Action
    permits Adopt,
        ChangeImage,
        EditProbe,
        EndBlockers,
        EndOrphans,
        EndSessions,
        LimitConnections,
        ForgetRevision,
        HelmAction,
        RaiseMemory,
        HoldScaler,
        ReleaseScaler,
        RepairDirty,
        RollBackPrepared,
        ScaleBack,
        ScaleDown,
        ScaleToZero,
        SetImage,
        TakeLease {
  /** The words of the answers without which nothing would ever be done. */
  default List<String> needs() {
    return List.of();
  }

  /** What would be done now, exactly, or why nothing can be. */
  Proposal propose(Snapshot snapshot, Knowledge knowledge);
}
