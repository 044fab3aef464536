package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** A question that a runbook may ask. */
public sealed interface Check
    permits ActingHelps,
        BackupIsRecent,
        ConnectionsAreFree,
        Drained,
        FenceIsDown,
        FenceIsUp,
        ImageFitsSchema,
        ImageIsAsSaid,
        ImageIsServed,
        ImageIsTarget,
        LivenessLeavesTime,
        MayEndSessions,
        MayOverlap,
        MigrationCommitted,
        MigrationGoesOn,
        MigrationSettled,
        NoBackupRuns,
        NoBuildRuns,
        NoCoderdSession,
        NoMigrationRuns,
        NoMigrationWorks,
        NoOrphans,
        NoPods,
        NoPreparedBlocks,
        NoSessionBlocks,
        NoSessionLeft,
        NobodyHoldsTheMigrationLock,
        NobodyInTheWay,
        NobodyWaits,
        NothingScalesBack,
        NothingToCancel,
        OnlyTargetReplicas,
        PathIsClear,
        PostgresIsSupported,
        ReplicasAreBack,
        SameTargets,
        ScaledAsChosen,
        SchemaIsClean,
        SchemaIsDirty,
        SchemaIsNotDirty,
        SeesAllSessions,
        TargetIsListed,
        TargetIsNewer,
        TargetIsServed,
        VersionsAgree,
        WaitingHelps,
        WantsNoPods,
        WillMigrate,
        WindowIsOpen {
  /** What is asked, as the thing that should hold: "no migration is under way". */
  String question();

  /** The answer now, with its evidence. Never throws; what cannot be known is UNKNOWN. */
  Verdict evaluate(Snapshot snapshot, Knowledge knowledge);
}
