package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** A question that a runbook may ask. */
public sealed interface Check
    permits BackupIsRecent,
        Drained,
        ImageIsTarget,
        MayOverlap,
        MigrationCommitted,
        NoBackupRuns,
        NoBuildRuns,
        NoMigrationRuns,
        NobodyInTheWay,
        NobodyWaits,
        NothingScalesBack,
        OnlyTargetReplicas,
        PathIsClear,
        ReplicasAreBack,
        SameTargets,
        ScaledAsChosen,
        SchemaIsClean,
        TargetIsListed,
        TargetIsNewer,
        TargetIsServed,
        VersionsAgree,
        WillMigrate,
        WindowIsOpen {
  /** What is asked, as the thing that should hold: "no migration is under way". */
  String question();

  /** The answer now, with its evidence. Never throws; what cannot be known is UNKNOWN. */
  Verdict evaluate(Snapshot snapshot, Knowledge knowledge);
}
