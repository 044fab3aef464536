package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** A question that a runbook may ask. */
public sealed interface Check
    permits ActingHelps,
        AutoscalersGoOn,
        BackupIsRecent,
        ChartIsThere,
        ChartLeavesTime,
        ConnectionsAreFree,
        Drained,
        FenceIsDown,
        FenceIsUp,
        GitOpsGoesOn,
        HelmHasUpgraded,
        HelmIsAtHand,
        HelmIsSettled,
        HelmKnowsWhatRuns,
        HelmRollsBack,
        HelmValuesAreBack,
        ImageFitsSchema,
        ImageFollowsChart,
        ImageIsAsSaid,
        ImageIsServed,
        ImageIsTarget,
        IsSuperuser,
        IsV1,
        LivenessLeavesTime,
        LocksFit,
        MayEndBlockers,
        MayEndCoderdSessions,
        MayEndSessions,
        MayOverlap,
        MigrationCommitted,
        MigrationGoesOn,
        MigrationSettled,
        NewPodsCanStart,
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
        NoSettingStopsIt,
        NobodyElseActs,
        NobodyEvicts,
        NobodyHoldsTheMigrationLock,
        NobodyInTheWay,
        NobodyWaits,
        NodeIsLargeEnough,
        NothingScalesBack,
        NothingToCancel,
        ObjectIsHelms,
        OneVersionAtATime,
        OnlyTargetReplicas,
        OwnsItsTables,
        PathIsClear,
        PostgresIsSupported,
        ProbeIsBack,
        ProbeIsOut,
        ProbeMayBeEdited,
        QuotaLeavesRoom,
        ReleaseHangs,
        ReleaseIsKnown,
        ReplicasAreBack,
        RepositoryIsKnown,
        RewritesAreSmall,
        RollbackFitsSchema,
        RolloutGoesOn,
        RolledOut,
        SameTargets,
        ScaledAsChosen,
        ScalersAreBack,
        ScalersAreHeld,
        SchemaIsClean,
        SchemaIsDirty,
        SchemaIsNotDirty,
        SeesAllSessions,
        TargetIsListed,
        TargetIsNewer,
        TargetIsServed,
        V1ChartIsThere,
        V1IsGone,
        V1PodsAreReady,
        V1UpgradeEnded,
        V1ValuesFit,
        V1WasRefused,
        ValuesAreKept,
        ValuesKeepItOff,
        VersionsAgree,
        WaitingHelps,
        WantsNoPods,
        WillMigrate,
        WindowIsOpen {
  /** What is asked, as the thing that should hold: "no migration is under way". */
  String question();

  /** The answer now, with its evidence. Never throws; what cannot be known is UNKNOWN. */
  Verdict evaluate(Snapshot snapshot, Knowledge knowledge);

  /**
   * The word of the debt, or of debts that begin with it and a colon, a blank between, that is
   * repaid by seeing that it holds, whoever did it.
   */
  default Optional<String> repays() {
    return Optional.empty();
  }
}
