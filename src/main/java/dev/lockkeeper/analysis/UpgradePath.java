package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.coder.Release;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From which version to which, and between which schema numbers.
 *
 * @param source the version that was installed when the run started, or is now
 * @param target the version that is wanted
 * @param schema the schema number when the run started, or now
 * @param wanted the schema number of the target
 */
public record UpgradePath(
    Optional<CoderVersion> source,
    Optional<CoderVersion> target,
    Optional<Long> schema,
    Optional<SchemaNumber> wanted) {
  public static UpgradePath of(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    return new UpgradePath(
        snapshot
            .run()
            .source()
            .flatMap(CoderVersion::parse)
            .or(() -> installed(snapshot, knowledge)),
        target,
        snapshot.run().schema().or(() -> schemaNow(snapshot)),
        target.flatMap(knowledge::schemaOf));
  }

  /** The same, without what is too old to act upon. */
  public static UpgradePath certain(Snapshot snapshot, Knowledge knowledge) {
    Snapshot fresh = snapshot;
    if (snapshot.freshCluster().isEmpty()) {
      fresh = fresh.withCluster(Observed.unknown("too old", snapshot.now()));
    }
    if (snapshot.freshDatabase().isEmpty()) {
      fresh = fresh.withDatabase(Observed.unknown("too old", snapshot.now()));
    }
    return of(fresh, knowledge);
  }

  /**
   * The version that is installed: what serves, the oldest first; and where nobody serves, what
   * fits the schema. A tag that the Deployment names and that never ran is not installed. Empty
   * where neither can be seen.
   */
  public static Optional<CoderVersion> installed(Snapshot snapshot, Knowledge knowledge) {
    return serving(snapshot).stream()
        .findFirst()
        .or(() -> schemaNow(snapshot).flatMap(number -> at(number, snapshot, knowledge)));
  }

  /**
   * The versions that serve, oldest first: what Ready pods answer, or else what their images say.
   */
  public static List<CoderVersion> serving(Snapshot snapshot) {
    return snapshot.cluster().value().stream()
        .flatMap(cluster -> cluster.readyPods().stream().map(pod -> version(cluster, pod)))
        .flatMap(Optional::stream)
        .distinct()
        .sorted()
        .toList();
  }

  private static Optional<CoderVersion> version(Cluster cluster, Pod pod) {
    return cluster
        .servedBy(pod)
        .flatMap(answer -> answer.version().value())
        .flatMap(CoderVersion::parse)
        .or(() -> CoderVersion.ofImage(pod.image()));
  }

  /** Of the releases that stop at this number: the one that is named, the target, or the newest. */
  private static Optional<CoderVersion> at(long number, Snapshot snapshot, Knowledge knowledge) {
    return Stream.of(named(snapshot), snapshot.run().target().flatMap(CoderVersion::parse))
        .flatMap(Optional::stream)
        .filter(version -> knowledge.schemaOf(version).filter(it -> it.admits(number)).isPresent())
        .findFirst()
        .or(
            () ->
                knowledge.releasesAt(number).stream()
                    .map(Release::version)
                    .max(Comparator.naturalOrder()));
  }

  /** The version of the image that the Deployment names now, whether or not it ever ran. */
  public static Optional<CoderVersion> named(Snapshot snapshot) {
    return snapshot
        .cluster()
        .value()
        .flatMap(Cluster::deployment)
        .map(Deployment::image)
        .flatMap(CoderVersion::ofImage);
  }

  /** The schema number that can be read now. */
  public static Optional<Long> schemaNow(Snapshot snapshot) {
    return snapshot.database().value().map(Database::schema).flatMap(table -> table.version());
  }

  /** The migrations that the target will run. */
  public List<Migration> pending(Knowledge knowledge) {
    return schema.isPresent() && wanted.isPresent()
        ? knowledge.between(schema.get(), wanted.get().number())
        : List.of();
  }

  /** What is known of the path; of v1, where release and schema have other numbers, nothing is. */
  public List<KnownIssue> issues(Knowledge knowledge) {
    return source.filter(UpgradePath::isV2).isPresent()
            && target.filter(UpgradePath::isV2).isPresent()
        ? knowledge.issues(source.get(), target.get())
        : List.of();
  }

  private static boolean isV2(CoderVersion version) {
    return version.major() >= 2;
  }
}
