package dev.lockkeeper.action;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** Something that a step does. */
public sealed interface Action
    permits Adopt,
        ChangeImage,
        EditProbe,
        EndBlockers,
        EndOrphans,
        EndSessions,
        Fence,
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
  /** What would be done now, exactly, or why nothing can be. */
  Proposal propose(Snapshot snapshot, Knowledge knowledge);
}
