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
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What a step shows while it is on the screen: lines made from what is seen, with no judgement.
 *
 * @param word the word by which runbooks name it
 * @param basis of which facts the lines are made
 * @param text makes the lines
 */
public record StepInfo(
    String word, Basis basis, BiFunction<Snapshot, Knowledge, List<String>> text) {
  /** Which versions are installed, by every witness (C1). */
  public static final StepInfo VERSIONS = both("versions", VersionReading::lines);

  /** Which migrations the target will run and which tables they touch (C3). */
  public static final StepInfo PENDING_MIGRATIONS =
      database("pending-migrations", PendingMigrations::lines);

  /** What is known of the path (C5). */
  public static final StepInfo KNOWN_ISSUES = both("known-issues", PathIssues::lines);

  /** Sessions per replica and what they hold (C6). */
  public static final StepInfo CONTENTION = both("contention", Contention::lines);

  /** People and builds (C90, C91). */
  public static final StepInfo USAGE = database("usage", UsageReading::lines);

  /** What could scale the deployment back (C10). */
  public static final StepInfo SCALERS = cluster("scalers", RolloutReading::scalers);

  /** Pods by version and state. */
  public static final StepInfo ROLLOUT = cluster("rollout", RolloutReading::lines);

  /** What is left of coderd while it drains (C8, C9). */
  public static final StepInfo DRAIN = both("drain", Contention::remaining);

  /** The migration with its clock (C4, C14). */
  public static final StepInfo MIGRATION = database("migration", MigrationReading::lines);

  /** The commands with which an operator upgrades without us (C11 to C13). */
  public static final StepInfo OWN_COMMANDS = cluster("own-commands", OwnCommands::lines);

  /** How Helm, or the manifest, learns what runs now (C12, C38). */
  public static final StepInfo TELL_HELM = cluster("tell-helm", TellHelm::lines);

  /** The Helm release, what there is to run Helm with, and how a run of it stands (C12). */
  public static final StepInfo HELM = cluster("helm", ReleaseLookup::lines);

  /** What asks the pods whether they live, and which value sets it (C20). */
  public static final StepInfo PROBES = cluster("probes", ProbeReading::lines);

  /** Whether the probe will kill the pod that migrates, and when to take it out (C12, C20). */
  public static final StepInfo PROBE_AHEAD = cluster("probe-ahead", ProbeReading::ahead);

  /** The events of Deployment, ReplicaSets and Pods that matter when pods restart (C21). */
  public static final StepInfo POD_EVENTS = cluster("pod-events", PodEvents::lines);

  /** What the containers before the present ones printed (C22). */
  public static final StepInfo PREVIOUS_LOGS = cluster("previous-logs", PreviousLogs::lines);

  /** Whether the liveness probe kills the pod that migrates, with its arithmetic (C23). */
  public static final StepInfo PROBE_COMMANDS = cluster("probe-commands", ProbeReading::commands);

  /** The commands that change the probe by hand (C12, C20). */
  public static final StepInfo PROBE_KILLS = both("probe-kills", CrashReading::kills);

  /** What a crash loop comes from (C24). */
  public static final StepInfo CRASH_CAUSES = both("crash-causes", CrashReading::causes);

  /** Old generations of pods and the sessions that they hold (C27). */
  public static final StepInfo OLD_REPLICA_SETS = both("old-replica-sets", OldReplicaSets::lines);

  /** What is found, most urgent first. */
  public static final StepInfo FINDINGS = both("findings", RecoveryReading::findings);

  /** The commands that save what is lost when pods and sessions go. */
  public static final StepInfo EVIDENCE = cluster("evidence", RecoveryReading::evidence);

  /** Who stands before the migrator (C31). */
  public static final StepInfo BLOCKERS = both("blockers", RecoveryReading::blockers);

  /** Every session of the database, and which are left alone (C31). */
  public static final StepInfo SESSIONS = both("sessions", RecoveryReading::sessions);

  /** The schema number and what it means (C34, C35). */
  public static final StepInfo SCHEMA = both("schema", RecoveryReading::schema);

  /** Which images can serve the database (C36, C38). */
  public static final StepInfo FITTING_IMAGES = both("fitting-images", RecoveryReading::images);

  /** What of an upgrade is done already (C39). */
  public static final StepInfo HANDOVER = both("handover", RecoveryReading::handover);

  /** The values that helm would get, masked (C55). */
  public static final StepInfo VALUES = cluster("values", ValuesReading::lines);

  /** The chart repositories that the operator's own helm knows (C50). */
  public static final StepInfo REPOSITORIES = cluster("repositories", RepositoryReading::lines);

  /** What is installed of a Coder v1 (C50, C63). */
  public static final StepInfo V1_PLACE = both("v1-place", CoderV1Place::lines);

  /** From which version of v1 to which, and what is known of it (C53). */
  public static final StepInfo V1_PATH = cluster("v1-path", CoderV1Path::lines);

  /** Whose images and charts these are (C61). */
  public static final StepInfo V1_SOURCE = cluster("v1-source", CoderV1Place::source);

  /** Where the charts of v1 come from (C50, C54). */
  public static final StepInfo V1_REPOSITORY = cluster("v1-repository", CoderV1Place::repository);

  /** The values of the release, masked, and what of them is of a prior version (C55, C56). */
  public static final StepInfo V1_VALUES = cluster("v1-values", CoderV1Values::lines);

  /** The commands of both guides (C57). */
  public static final StepInfo V1_COMMANDS = cluster("v1-commands", CoderV1Commands::upgrade);

  /** How the upgrade stands, and why Helm refused it (C58, C59). */
  public static final StepInfo V1_OUTCOME = cluster("v1-outcome", CoderV1Failure::lines);

  /** The log of the init container that migrates (C63). */
  public static final StepInfo V1_LOGS = cluster("v1-logs", CoderV1Commands::logs);

  /** How an object is handed over to Helm (C59). */
  public static final StepInfo V1_ADOPTION = cluster("v1-adoption", CoderV1Adoption::lines);

  /** Uninstalling and installing again (C60). */
  public static final StepInfo V1_REINSTALL = cluster("v1-reinstall", CoderV1Commands::reinstall);

  /** The way back to the version of the snapshot (C62). */
  public static final StepInfo V1_DOWNGRADE = cluster("v1-downgrade", CoderV1Downgrade::lines);

  /** Each of them once; the order tells nothing. */
  public static final List<StepInfo> ALL =
      List.of(
          VERSIONS,
          PENDING_MIGRATIONS,
          KNOWN_ISSUES,
          CONTENTION,
          USAGE,
          SCALERS,
          ROLLOUT,
          DRAIN,
          MIGRATION,
          OWN_COMMANDS,
          TELL_HELM,
          HELM,
          PROBES,
          PROBE_AHEAD,
          POD_EVENTS,
          PREVIOUS_LOGS,
          PROBE_COMMANDS,
          PROBE_KILLS,
          CRASH_CAUSES,
          OLD_REPLICA_SETS,
          FINDINGS,
          EVIDENCE,
          BLOCKERS,
          SESSIONS,
          SCHEMA,
          FITTING_IMAGES,
          HANDOVER,
          VALUES,
          REPOSITORIES,
          V1_PLACE,
          V1_PATH,
          V1_SOURCE,
          V1_REPOSITORY,
          V1_VALUES,
          V1_COMMANDS,
          V1_OUTCOME,
          V1_LOGS,
          V1_ADOPTION,
          V1_REINSTALL,
          V1_DOWNGRADE);

  /** Of which facts lines are made: where these are not live, nor are the lines. */
  public enum Basis {
    CLUSTER,
    DATABASE,
    BOTH;

    /** These facts, as they were seen. */
    public List<Observed<?>> of(Snapshot snapshot) {
      return switch (this) {
        case CLUSTER -> List.of(snapshot.cluster());
        case DATABASE -> List.of(snapshot.database());
        case BOTH -> List.of(snapshot.cluster(), snapshot.database());
      };
    }
  }

  /** What is seen now; raw text, and never empty. */
  public List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    return text.apply(snapshot, knowledge);
  }

  @Override
  public String toString() {
    return word;
  }

  private static StepInfo cluster(String word, BiFunction<Snapshot, Knowledge, List<String>> text) {
    return new StepInfo(word, Basis.CLUSTER, text);
  }

  private static StepInfo database(
      String word, BiFunction<Snapshot, Knowledge, List<String>> text) {
    return new StepInfo(word, Basis.DATABASE, text);
  }

  private static StepInfo both(String word, BiFunction<Snapshot, Knowledge, List<String>> text) {
    return new StepInfo(word, Basis.BOTH, text);
  }
}
