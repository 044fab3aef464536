package dev.lockkeeper.files;

import static java.util.Map.entry;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.action.AddRepository;
import dev.lockkeeper.action.Adopt;
import dev.lockkeeper.action.ChangeImage;
import dev.lockkeeper.action.EditProbe;
import dev.lockkeeper.action.EndBlockers;
import dev.lockkeeper.action.EndOrphans;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndSessions;
import dev.lockkeeper.action.Fence;
import dev.lockkeeper.action.ForgetRevision;
import dev.lockkeeper.action.HelmUpgrade;
import dev.lockkeeper.action.HoldScaler;
import dev.lockkeeper.action.InstallAgain;
import dev.lockkeeper.action.KeepValues;
import dev.lockkeeper.action.LegacyUpgrade;
import dev.lockkeeper.action.RaiseMemory;
import dev.lockkeeper.action.ReleaseScaler;
import dev.lockkeeper.action.RepairDirty;
import dev.lockkeeper.action.RollBackPrepared;
import dev.lockkeeper.action.RollBackRelease;
import dev.lockkeeper.action.ScaleBack;
import dev.lockkeeper.action.ScaleDown;
import dev.lockkeeper.action.ScaleToZero;
import dev.lockkeeper.action.SetImage;
import dev.lockkeeper.action.TakeLease;
import dev.lockkeeper.action.UninstallRelease;
import dev.lockkeeper.check.ActingHelps;
import dev.lockkeeper.check.AnotherImageHelps;
import dev.lockkeeper.check.AutoscalersGoOn;
import dev.lockkeeper.check.BackupIsRecent;
import dev.lockkeeper.check.ChartIsThere;
import dev.lockkeeper.check.ChartLeavesTime;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.ConnectionsAreFree;
import dev.lockkeeper.check.Drained;
import dev.lockkeeper.check.FenceIsDown;
import dev.lockkeeper.check.FenceIsUp;
import dev.lockkeeper.check.GitopsGoesOn;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.check.HelmCanUpgrade;
import dev.lockkeeper.check.HelmHasUpgraded;
import dev.lockkeeper.check.HelmIsAtHand;
import dev.lockkeeper.check.HelmIsSettled;
import dev.lockkeeper.check.HelmKnowsTheLimit;
import dev.lockkeeper.check.HelmKnowsWhatRuns;
import dev.lockkeeper.check.HelmRollsBack;
import dev.lockkeeper.check.HelmValuesAreBack;
import dev.lockkeeper.check.ImageFitsSchema;
import dev.lockkeeper.check.ImageFollowsChart;
import dev.lockkeeper.check.ImageIsAsSaid;
import dev.lockkeeper.check.ImageIsServed;
import dev.lockkeeper.check.ImageIsTarget;
import dev.lockkeeper.check.IsSuperuser;
import dev.lockkeeper.check.IsV1;
import dev.lockkeeper.check.LivenessLeavesTime;
import dev.lockkeeper.check.LocksFit;
import dev.lockkeeper.check.MayEndBlockers;
import dev.lockkeeper.check.MayEndCoderdSessions;
import dev.lockkeeper.check.MayEndSessions;
import dev.lockkeeper.check.MayOverlap;
import dev.lockkeeper.check.MemoryIsAsSaid;
import dev.lockkeeper.check.MigrationCommitted;
import dev.lockkeeper.check.MigrationGoesOn;
import dev.lockkeeper.check.MigrationSettled;
import dev.lockkeeper.check.MoreMemoryHelps;
import dev.lockkeeper.check.NewPodsCanStart;
import dev.lockkeeper.check.NoBackupRuns;
import dev.lockkeeper.check.NoBuildRuns;
import dev.lockkeeper.check.NoCoderdSession;
import dev.lockkeeper.check.NoFailureStands;
import dev.lockkeeper.check.NoMigrationRuns;
import dev.lockkeeper.check.NoMigrationWorks;
import dev.lockkeeper.check.NoOrphans;
import dev.lockkeeper.check.NoPods;
import dev.lockkeeper.check.NoPreparedBlocks;
import dev.lockkeeper.check.NoSessionBlocks;
import dev.lockkeeper.check.NoSessionLeft;
import dev.lockkeeper.check.NoSettingStopsIt;
import dev.lockkeeper.check.NobodyElseActs;
import dev.lockkeeper.check.NobodyEvicts;
import dev.lockkeeper.check.NobodyHoldsTheMigrationLock;
import dev.lockkeeper.check.NobodyInTheWay;
import dev.lockkeeper.check.NobodyWaits;
import dev.lockkeeper.check.NodeIsLargeEnough;
import dev.lockkeeper.check.NothingScalesBack;
import dev.lockkeeper.check.NothingToCancel;
import dev.lockkeeper.check.ObjectIsHelms;
import dev.lockkeeper.check.OneVersionAtATime;
import dev.lockkeeper.check.OnlyTargetReplicas;
import dev.lockkeeper.check.OwnsItsTables;
import dev.lockkeeper.check.PathIsClear;
import dev.lockkeeper.check.PostgresIsSupported;
import dev.lockkeeper.check.ProbeIsBack;
import dev.lockkeeper.check.ProbeIsOut;
import dev.lockkeeper.check.ProbeMayBeEdited;
import dev.lockkeeper.check.QuotaLeavesRoom;
import dev.lockkeeper.check.ReleaseHangs;
import dev.lockkeeper.check.ReleaseIsKnown;
import dev.lockkeeper.check.ReplicasAreBack;
import dev.lockkeeper.check.RepositoryIsKnown;
import dev.lockkeeper.check.RewritesAreSmall;
import dev.lockkeeper.check.RollbackFitsSchema;
import dev.lockkeeper.check.RolledOut;
import dev.lockkeeper.check.RolloutGoesOn;
import dev.lockkeeper.check.SameTargets;
import dev.lockkeeper.check.ScaledAsChosen;
import dev.lockkeeper.check.ScalersAreBack;
import dev.lockkeeper.check.ScalersAreHeld;
import dev.lockkeeper.check.SchemaIsClean;
import dev.lockkeeper.check.SchemaIsDirty;
import dev.lockkeeper.check.SchemaIsNotDirty;
import dev.lockkeeper.check.SeesAllSessions;
import dev.lockkeeper.check.TargetIsListed;
import dev.lockkeeper.check.TargetIsNewer;
import dev.lockkeeper.check.TargetIsServed;
import dev.lockkeeper.check.TargetIsUnderWay;
import dev.lockkeeper.check.V1ChartIsThere;
import dev.lockkeeper.check.V1IsGone;
import dev.lockkeeper.check.V1PodsAreReady;
import dev.lockkeeper.check.V1UpgradeEnded;
import dev.lockkeeper.check.V1ValuesFit;
import dev.lockkeeper.check.V1WasRefused;
import dev.lockkeeper.check.ValuesAreKept;
import dev.lockkeeper.check.ValuesKeepItOff;
import dev.lockkeeper.check.VersionsAgree;
import dev.lockkeeper.check.WaitingHelps;
import dev.lockkeeper.check.WantsNoPods;
import dev.lockkeeper.check.WillMigrate;
import dev.lockkeeper.check.WindowIsOpen;
import dev.lockkeeper.diagnosis.Reading;
import dev.lockkeeper.runbook.Format;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that a runbook may use. */
final class Words {
  static final Map<String, Check> CHECKS =
      Map.ofEntries(
          entry("versions-agree", new VersionsAgree()),
          entry("target-is-newer", new TargetIsNewer()),
          entry("target-is-listed", new TargetIsListed()),
          entry("nobody-in-the-way", new NobodyInTheWay()),
          entry("schema-is-clean", new SchemaIsClean()),
          entry("path-is-clear", new PathIsClear()),
          entry("no-setting-stops-it", new NoSettingStopsIt()),
          entry("owns-its-tables", new OwnsItsTables()),
          entry("locks-fit", new LocksFit()),
          entry("rewrites-are-small", new RewritesAreSmall()),
          entry("window-is-open", new WindowIsOpen()),
          entry("backup-is-recent", new BackupIsRecent()),
          entry("new-pods-can-start", new NewPodsCanStart()),
          entry("pods-of-another-image-can-start", new NewPodsCanStart(true)),
          entry("no-backup-runs", new NoBackupRuns()),
          entry("nothing-scales-back", new NothingScalesBack()),
          entry("rollout-goes-on", new RolloutGoesOn()),
          entry("no-failure-stands", new NoFailureStands()),
          entry("quota-leaves-room", new QuotaLeavesRoom()),
          entry("node-is-large-enough", new NodeIsLargeEnough()),
          entry("nobody-evicts", new NobodyEvicts()),
          entry("no-build-runs", new NoBuildRuns()),
          entry("may-overlap", new MayOverlap()),
          entry("no-migration-runs", new NoMigrationRuns()),
          entry("scaled-as-chosen", new ScaledAsChosen()),
          entry("drained", new Drained()),
          entry("image-is-target", new ImageIsTarget()),
          entry("will-migrate", new WillMigrate()),
          entry("migration-committed", new MigrationCommitted()),
          entry("target-is-served", new TargetIsServed()),
          entry("target-is-under-way", new TargetIsUnderWay()),
          entry("replicas-are-back", new ReplicasAreBack()),
          entry("rolled-out", new RolledOut()),
          entry("nobody-waits", new NobodyWaits()),
          entry("only-target-replicas", new OnlyTargetReplicas()),
          entry("same-targets", new SameTargets()),
          entry("liveness-leaves-time", new LivenessLeavesTime()),
          entry("nobody-else-acts", new NobodyElseActs()),
          entry("probe-is-out", new ProbeIsOut()),
          entry("chart-leaves-time", new ChartLeavesTime()),
          entry("probe-is-back", new ProbeIsBack()),
          entry("scalers-are-back", new ScalersAreBack()),
          entry("scalers-are-held", new ScalersAreHeld()),
          entry("autoscalers-go-on", new AutoscalersGoOn()),
          entry("gitops-goes-on", new GitopsGoesOn()),
          entry("probe-may-be-edited", new ProbeMayBeEdited()),
          entry("values-keep-it-off", new ValuesKeepItOff()),
          entry("connections-are-free", new ConnectionsAreFree()),
          entry("postgres-is-supported", new PostgresIsSupported()),
          entry("sees-all-sessions", new SeesAllSessions()),
          entry("may-end-coderd-sessions", new MayEndCoderdSessions()),
          entry("may-end-blockers", new MayEndBlockers()),
          entry("may-end-sessions", new MayEndSessions()),
          entry("waiting-helps", new WaitingHelps()),
          entry("another-image-helps", new AnotherImageHelps()),
          entry("more-memory-helps", new MoreMemoryHelps()),
          entry("memory-is-as-said", new MemoryIsAsSaid()),
          entry("acting-helps", new ActingHelps()),
          entry("no-migration-works", new NoMigrationWorks()),
          entry("nothing-to-cancel", new NothingToCancel()),
          entry("no-session-blocks", new NoSessionBlocks()),
          entry("no-prepared-blocks", new NoPreparedBlocks()),
          entry("no-orphans", new NoOrphans()),
          entry("nobody-holds-the-migration-lock", new NobodyHoldsTheMigrationLock()),
          entry("migration-goes-on", new MigrationGoesOn()),
          entry("wants-no-pods", new WantsNoPods()),
          entry("no-pods", new NoPods()),
          entry("no-coderd-session", new NoCoderdSession()),
          entry("no-session-left", new NoSessionLeft()),
          entry("fence-is-up", new FenceIsUp()),
          entry("fence-is-down", new FenceIsDown()),
          entry("schema-is-dirty", new SchemaIsDirty()),
          entry("schema-is-not-dirty", new SchemaIsNotDirty()),
          entry("image-fits-schema", new ImageFitsSchema()),
          entry("image-is-as-said", new ImageIsAsSaid()),
          entry("migration-settled", new MigrationSettled()),
          entry("image-is-served", new ImageIsServed()),
          entry("helm-can-upgrade", new HelmCanUpgrade()),
          entry("helm-is-at-hand", new HelmIsAtHand()),
          entry("helm-is-settled", new HelmIsSettled()),
          entry("helm-has-upgraded", new HelmHasUpgraded()),
          entry("helm-knows-the-limit", new HelmKnowsTheLimit()),
          entry("helm-knows-what-runs", new HelmKnowsWhatRuns()),
          entry("helm-values-are-back", new HelmValuesAreBack()),
          entry("helm-rolls-back", new HelmRollsBack()),
          entry("repository-is-known", new RepositoryIsKnown()),
          entry("release-is-known", new ReleaseIsKnown()),
          entry("release-hangs", new ReleaseHangs()),
          entry("rollback-fits-schema", new RollbackFitsSchema()),
          entry("values-are-kept", new ValuesAreKept()),
          entry("chart-is-there", new ChartIsThere()),
          entry("image-follows-chart", new ImageFollowsChart()),
          entry("is-v1", new IsV1()),
          entry("one-version-at-a-time", new OneVersionAtATime()),
          entry("is-superuser", new IsSuperuser()),
          entry("v1-chart-is-there", new V1ChartIsThere()),
          entry("v1-values-fit", new V1ValuesFit()),
          entry("v1-upgrade-ended", new V1UpgradeEnded()),
          entry("v1-was-refused", new V1WasRefused()),
          entry("object-is-helms", new ObjectIsHelms()),
          entry("v1-is-gone", new V1IsGone()),
          entry("v1-pods-are-ready", new V1PodsAreReady()));

  static final Map<String, Action> ACTIONS =
      Map.ofEntries(
          entry("scale-down", new ScaleDown()),
          entry("change-image", new ChangeImage()),
          entry("scale-to-one", new ScaleBack(false)),
          entry("scale-back", new ScaleBack(true)),
          entry("scale-to-zero", new ScaleToZero()),
          entry("end-orphans", new EndOrphans()),
          entry("cancel-blockers", new EndBlockers(EndRequest.Manner.CANCEL)),
          entry("end-blockers", new EndBlockers(EndRequest.Manner.TERMINATE)),
          entry("roll-back-prepared", new RollBackPrepared()),
          entry("fence", new Fence(true)),
          entry("end-coderd-sessions", new EndSessions(false)),
          entry("end-all-sessions", new EndSessions(true)),
          entry("repair-dirty", new RepairDirty()),
          entry("raise-memory", new RaiseMemory()),
          entry("set-image", new SetImage()),
          entry("unfence", new Fence(false)),
          entry("remove-liveness-probe", new EditProbe(EditProbe.Way.REMOVE)),
          entry("soften-liveness-probe", new EditProbe(EditProbe.Way.SOFTEN)),
          entry("hold-scaler", new HoldScaler()),
          entry("release-autoscaler", new ReleaseScaler(false)),
          entry("release-gitops", new ReleaseScaler(true)),
          entry("restore-liveness-probe", new EditProbe(EditProbe.Way.RESTORE)),
          entry("helm-upgrade", new HelmUpgrade(true)),
          entry("helm-values-back", new HelmUpgrade(false)),
          entry("adopt", new Adopt()),
          entry("v1-upgrade", new LegacyUpgrade()),
          entry("v1-install", new InstallAgain()),
          entry("add-repository", new AddRepository()),
          entry("keep-values", new KeepValues()),
          entry("forget-revision", new ForgetRevision()),
          entry("roll-back-release", new RollBackRelease()),
          entry("uninstall-release", new UninstallRelease()),
          entry("take-lease", new TakeLease()));

  static final Map<String, Guard.Strength> STRENGTHS = byName(Guard.Strength.values());

  static final Map<String, Reading> READINGS = byName(Reading.values());

  static final Map<String, Format> FORMATS = byName(Format.values());

  private Words() {}

  /** {@code PENDING_MIGRATIONS} is written {@code pending-migrations}. */
  private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
    return Arrays.stream(values)
        .collect(
            Collectors.toMap(
                value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Function.identity()));
  }
}
