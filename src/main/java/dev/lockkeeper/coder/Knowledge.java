package dev.lockkeeper.coder;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known of Coder.
 *
 * @param releases the releases that were seen or of which a bound is known
 * @param migrations the migrations, by number
 * @param gaps releases that left migrations out
 * @param issues known troubles of upgrade paths
 * @param charts what the chart renders, from the version on that each names
 */
public record Knowledge(
    List<Release> releases,
    List<Migration> migrations,
    List<SchemaGap> gaps,
    List<KnownIssue> issues,
    List<ChartFacts> charts) {
  /** The least major version of PostgreSQL that Coder v2 accepts. */
  public static final int LEAST_POSTGRES = 13;

  /** From here on quotas are counted in another way, which older replicas do not understand. */
  private static final CoderVersion NEW_QUOTAS = CoderVersion.of(2, 39, 0);

  public Knowledge {
    releases = releases.stream().sorted(Comparator.comparing(Release::version)).toList();
    migrations = migrations.stream().sorted(Comparator.comparing(Migration::number)).toList();
    gaps = List.copyOf(gaps);
    issues = List.copyOf(issues);
    charts = charts.stream().sorted(Comparator.comparing(ChartFacts::since)).toList();
  }

  /** The release, if the table lists it. */
  public Optional<Release> release(CoderVersion version) {
    return releases.stream().filter(release -> release.version().equals(version)).findFirst();
  }

  /** The newest release that the table lists. */
  public Optional<CoderVersion> newest() {
    return releases.stream().map(Release::version).max(Comparator.naturalOrder());
  }

  /**
   * The schema number of a version. An unlisted patch of a listed line gets its lower neighbour's
   * number, marked as inferred; a version newer than all that are listed gets a lower bound. Empty
   * for an unlisted release candidate, and for a line of which nothing is known.
   */
  public Optional<SchemaNumber> schemaOf(CoderVersion version) {
    return release(version)
        .map(release -> new SchemaNumber(release.schema(), release.certainty()))
        .or(() -> version.isRelease() ? neighbour(version) : Optional.empty());
  }

  private Optional<SchemaNumber> neighbour(CoderVersion version) {
    Optional<Release> below =
        releases.stream()
            .filter(release -> release.version().isRelease())
            .filter(release -> release.version().compareTo(version) < 0)
            .reduce((lower, higher) -> higher);
    if (below.isEmpty()) {
      return Optional.empty();
    }
    if (below.get().version().sameLine(version)) {
      SchemaCertainty known = below.get().certainty();
      return Optional.of(
          new SchemaNumber(
              below.get().schema(),
              known == SchemaCertainty.EXACT ? SchemaCertainty.INFERRED : known));
    }
    return newest()
        .filter(newest -> version.atLeast(newest))
        .map(newest -> new SchemaNumber(below.get().schema(), SchemaCertainty.AT_LEAST));
  }

  /** The releases that leave a database at this number, lowest first. */
  public List<Release> releasesAt(long schema) {
    return releases.stream()
        .filter(release -> release.certainty() != SchemaCertainty.AT_LEAST)
        .filter(release -> release.schema() == schema)
        .toList();
  }

  /** The migrations with higher numbers than the first and none higher than the second. */
  public List<Migration> between(long fromExclusive, long toInclusive) {
    return migrations.stream()
        .filter(migration -> migration.number() > fromExclusive)
        .filter(migration -> migration.number() <= toInclusive)
        .toList();
  }

  public Optional<Migration> migration(long number) {
    return migrations.stream().filter(migration -> migration.number() == number).findFirst();
  }

  /** The known troubles of the path from one version to another, in the order of the list. */
  public List<KnownIssue> issues(CoderVersion source, CoderVersion target) {
    return issues.stream().filter(issue -> issue.concerns(source, target)).toList();
  }

  /** What is missing in a database at this number, if that is known to be a trap. */
  public Optional<SchemaGap> gapAt(long schema) {
    return gaps.stream().filter(gap -> gap.schema() == schema).findFirst();
  }

  /** What the chart of this version renders; the oldest known one for versions before it. */
  public ChartFacts chart(CoderVersion version) {
    return charts.stream()
        .filter(chart -> version.release().atLeast(chart.since()))
        .reduce((older, newer) -> newer)
        .orElseGet(() -> charts.get(0));
  }

  /**
   * Whether replicas of both versions must never run at the same time when quotas are in use: a
   * path that crosses v2.39. Scaling to one is not enough there; it has to be zero.
   */
  public boolean mustNotOverlapWithQuotas(CoderVersion source, CoderVersion target) {
    return !source.release().atLeast(NEW_QUOTAS) && target.release().atLeast(NEW_QUOTAS);
  }
}
