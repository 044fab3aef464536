package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** It is known which Helm release the Deployment belongs to (C12). */
public record ReleaseIsKnown() implements Check {
  @Override
  public String word() {
    return "release-is-known";
  }

  @Override
  public String question() {
    return "the deployment's Helm release is known";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    ReleaseLookup sight = ReleaseLookup.of(snapshot);
    return sight
        .release()
        .filter(each -> lately(snapshot))
        .map(release -> Verdict.pass(ReleaseLookup.spoken(release)))
        .orElseGet(() -> missing(snapshot, sight));
  }

  /** Where the releases could be read, there is none for this Deployment. */
  private static Verdict missing(Snapshot snapshot, ReleaseLookup sight) {
    return lately(snapshot) && sight.release().isEmpty()
        ? Verdict.fail(sight.reason())
        : Verdict.unknown(why(snapshot, sight));
  }

  /** The release, if it was read not too long ago. */
  public static Optional<HelmRelease> fresh(Snapshot snapshot) {
    return ReleaseLookup.of(snapshot).release().filter(each -> lately(snapshot));
  }

  /** Whether it is known that Helm has nothing to do with the Deployment. */
  static boolean none(Snapshot snapshot) {
    return lately(snapshot)
        && !ReleaseLookup.isNoted(snapshot)
        && snapshot.cluster().value().stream()
            .flatMap(seen -> seen.releases().value().stream())
            .flatMap(List::stream)
            .noneMatch(each -> each.chart().name().equals(ReleaseLookup.CHART));
  }

  /** Why it is not known. */
  public static String why(Snapshot snapshot) {
    return why(snapshot, ReleaseLookup.of(snapshot));
  }

  private static String why(Snapshot snapshot, ReleaseLookup sight) {
    return sight.reason().isEmpty() ? "it was read too long ago" : sight.reason();
  }

  private static boolean lately(Snapshot snapshot) {
    return snapshot
        .freshCluster()
        .map(Cluster::releases)
        .flatMap(releases -> FreshFacts.read(releases, snapshot))
        .isPresent();
  }
}
