package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.Origin;
import dev.lockkeeper.analysis.Origins;
import dev.lockkeeper.analysis.PodFailure;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the rules look at: facts that are recent enough to judge by, and what was already concluded
 * from them.
 *
 * @param snapshot everything, recent or not
 * @param knowledge what is known of Coder
 * @param cluster the cluster, if it was read just now
 * @param database the database, if it was read just now and is no standby
 * @param migration where the migration stands
 * @param origins where sessions come from
 * @param failures what the logs of pods that are not Ready say went wrong
 */
record RuleInput(
    Snapshot snapshot,
    Knowledge knowledge,
    Optional<Cluster> cluster,
    Optional<Database> database,
    MigrationState migration,
    Origins origins,
    List<PodFailure> failures) {

  static RuleInput of(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Database> database =
        snapshot.freshDatabase().filter(seen -> !seen.identity().standby());
    return new RuleInput(
        snapshot,
        knowledge,
        cluster,
        database,
        MigrationState.of(snapshot),
        Origins.of(snapshot, cluster, database),
        cluster.map(PodFailure::of).orElse(List.of()));
  }

  Optional<Deployment> deployment() {
    return cluster.flatMap(Cluster::deployment);
  }

  List<Pod> pods() {
    return cluster.map(Cluster::pods).orElse(List.of());
  }

  /** The version that the Deployment's image names. */
  Optional<CoderVersion> wanted() {
    return deployment().map(Deployment::image).flatMap(CoderVersion::ofImage);
  }

  /** Whether the schema is seen to be below what this version brings it to, or at least does. */
  boolean hasToMigrate(CoderVersion version) {
    return database
        .flatMap(seen -> seen.schema().version())
        .filter(SchemaNumber::plausible)
        .filter(
            schema ->
                knowledge.schemaOf(version).filter(known -> known.number() > schema).isPresent())
        .isPresent();
  }

  /** The first log that tells of this. */
  Optional<PodFailure> failure(LogFailure.Kind kind) {
    return failures.stream().filter(each -> each.failure().kind() == kind).findFirst();
  }

  Origin origin(Backend backend) {
    return origins.of(backend);
  }

  /** A session as it is named in a sentence: {@code pid 4711 (coder-7d9-p8w, v2.26.6)}. */
  String name(Backend backend) {
    return "pid %d (%s)".formatted(backend.pid(), origin(backend).describe(backend));
  }

  /** The same for a pid, of which nothing else may be known. */
  String name(int pid) {
    return database
        .flatMap(seen -> seen.backend(pid))
        .map(this::name)
        .or(() -> database.map(seen -> Blockers.name(seen, pid)))
        .orElse("pid " + pid);
  }

  /** How long ago something was by the cluster's clock. */
  Duration since(Instant there) {
    Duration skew = cluster.flatMap(Cluster::skew).orElse(Duration.ZERO);
    return Duration.between(there, snapshot.now().plus(skew));
  }

  /** How long ago this pod was made. */
  Duration age(Pod pod) {
    return since(pod.createdAt());
  }

  /** What the cluster showed in this look, a line each. */
  List<Observation> inCluster(List<String> texts) {
    return texts.stream().map(this::inCluster).toList();
  }

  /** What the database showed in this look, a line each. */
  List<Observation> inDatabase(List<String> texts) {
    return texts.stream().map(this::inDatabase).toList();
  }

  /** Something that the cluster showed in this look. */
  Observation inCluster(String text) {
    return Observation.at(snapshot.cluster().at(), text);
  }

  /** Something that the database showed in this look. */
  Observation inDatabase(String text) {
    return Observation.at(snapshot.database().at(), text);
  }
}
