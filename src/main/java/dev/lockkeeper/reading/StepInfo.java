package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.CoderV1Adoption;
import dev.lockkeeper.analysis.CoderV1Commands;
import dev.lockkeeper.analysis.CoderV1Failure;
import dev.lockkeeper.analysis.CoderV1Path;
import dev.lockkeeper.analysis.CoderV1Place;
import dev.lockkeeper.analysis.CoderV1Values;
import dev.lockkeeper.analysis.PathIssues;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.analysis.ValuesReading;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What a step shows while it stands on the screen: lines made from what is seen, with no judgement.
 */
public enum StepInfo {
  /** Which versions are installed, by every witness (C1). */
  VERSIONS(VersionReading::lines),
  /** Which migrations the target will run and which tables they touch (C3). */
  PENDING_MIGRATIONS(PendingMigrations::lines),
  /** What is known of the path (C5). */
  KNOWN_ISSUES(PathIssues::lines),
  /** Sessions per replica and what they hold (C6). */
  CONTENTION(Contention::lines),
  /** People and builds (C90, C91). */
  USAGE(UsageReading::lines),
  /** What could scale the deployment back (C10). */
  SCALERS(RolloutReading::scalers),
  /** Pods by version and state. */
  ROLLOUT(RolloutReading::lines),
  /** What is left of coderd while it drains (C8, C9). */
  DRAIN(Contention::remaining),
  /** The migration with its clock (C4, C14). */
  MIGRATION(MigrationReading::lines),
  /** The commands with which an operator upgrades without us (C11 to C13). */
  OWN_COMMANDS(OwnCommands::lines),
  /** How Helm, or the manifest, learns what runs now (C12, C38). */
  TELL_HELM(TellHelm::lines),
  /** The Helm release, what there is to run Helm with, and how a run of it stands (C12). */
  HELM(ReleaseLookup::lines),
  /** What asks the pods whether they live, and which value sets it (C20). */
  PROBES(ProbeReading::lines),
  /** Whether the probe will kill the pod that migrates, and when to take it out (C12, C20). */
  PROBE_AHEAD(ProbeReading::ahead),
  /** The events of Deployment, ReplicaSets and Pods that matter when pods restart (C21). */
  POD_EVENTS(PodEvents::lines),
  /** What the containers before the present ones printed (C22). */
  PREVIOUS_LOGS(PreviousLogs::lines),
  /** Whether the liveness probe kills the pod that migrates, with its arithmetic (C23). */
  PROBE_COMMANDS(ProbeReading::commands),
  PROBE_KILLS(CrashReading::kills),
  /** What a crash loop comes from (C24). */
  CRASH_CAUSES(CrashReading::causes),
  /** Old generations of pods and the sessions that they hold (C27). */
  OLD_REPLICA_SETS(OldReplicaSets::lines),
  /** What is found, most urgent first. */
  FINDINGS(RecoveryReading::findings),
  /** The commands that save what is lost when pods and sessions go. */
  EVIDENCE(RecoveryReading::evidence),
  /** Who stands before the migrator (C31). */
  BLOCKERS(RecoveryReading::blockers),
  /** Every session of the database, and which are left alone (C31). */
  SESSIONS(RecoveryReading::sessions),
  /** The schema number and what it means (C34, C35). */
  SCHEMA(RecoveryReading::schema),
  /** Which images can serve the database (C36, C38). */
  FITTING_IMAGES(RecoveryReading::images),
  /** What of an upgrade is done already (C39). */
  HANDOVER(RecoveryReading::handover),
  /** The values that helm would get, masked (C55). */
  VALUES(ValuesReading::lines),
  /** The chart repositories that the operator's own helm knows (C50). */
  REPOSITORIES(RepositoryReading::lines),
  /** What is installed of a Coder v1 (C50, C63). */
  V1_PLACE(CoderV1Place::lines),
  /** From which version of v1 to which, and what is known of it (C53). */
  V1_PATH(CoderV1Path::lines),
  /** Whose images and charts these are (C61). */
  V1_SOURCE(CoderV1Place::source),
  /** Where the charts of v1 come from (C50, C54). */
  V1_REPOSITORY(CoderV1Place::repository),
  /** The values of the release, masked, and what of them is of a prior version (C55, C56). */
  V1_VALUES(CoderV1Values::lines),
  /** The commands of both guides (C57). */
  V1_COMMANDS(CoderV1Commands::upgrade),
  /** How the upgrade stands, and why Helm refused it (C58, C59). */
  V1_OUTCOME(CoderV1Failure::lines),
  /** The log of the init container that migrates (C63). */
  V1_LOGS(CoderV1Commands::logs),
  /** How an object is handed over to Helm (C59). */
  V1_ADOPTION(CoderV1Adoption::lines),
  /** Uninstalling and installing again (C60). */
  V1_REINSTALL(CoderV1Commands::reinstall),
  /** The way back to the version of the snapshot (C62). */
  V1_DOWNGRADE(CoderV1Downgrade::lines);

  private final BiFunction<Snapshot, Knowledge, List<String>> lines;

  StepInfo(BiFunction<Snapshot, Knowledge, List<String>> lines) {
    this.lines = lines;
  }

  /** What is seen now; raw text, and never empty. */
  public List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    return lines.apply(snapshot, knowledge);
  }
}
