package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * Whatever puts the image there the next time names the version that runs (C12, C38). What Helm
 * records is looked at; only where that cannot be, a person says it.
 */
public record HelmKnowsWhatRuns() implements Check {
  /** Under this word a person says which version stands where we cannot look. */
  public static final String TOLD = "told-version";

  @Override
  public String word() {
    return "helm-knows-what-runs";
  }

  @Override
  public String question() {
    return "Helm, or your own manifest, names the version that runs";
  }

  @Override
  public Optional<String> repays() {
    return Optional.of("helm-values");
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> runs =
        snapshot.freshCluster().flatMap(Cluster::deployment).isPresent()
            ? UpgradePath.named(snapshot)
            : Optional.empty();
    if (runs.isEmpty()) {
      return Verdict.unknown("which version the deployment names cannot be read now");
    }
    return ReleaseIsKnown.fresh(snapshot)
        .map(release -> recorded(release, runs.get()))
        .orElseGet(() -> said(snapshot, runs.get()));
  }

  private static Verdict recorded(HelmRelease release, CoderVersion runs) {
    String spoken = "revision %d of %s".formatted(release.revision(), release.name());
    if (!release.deployed()) {
      return Verdict.fail("%s is %s".formatted(spoken, release.status()));
    }
    String chart =
        release.chart().appVersion().isEmpty()
            ? release.chart().version()
            : release.chart().appVersion();
    String version = release.values().imageTag().orElse(chart);
    return Verdict.of(
        CoderVersion.parse(version).equals(Optional.of(runs)),
        "%s says %s, and the deployment names %s".formatted(spoken, version, runs));
  }

  private static Verdict said(Snapshot snapshot, CoderVersion runs) {
    Optional<String> told = snapshot.run().said(TOLD).map(RunFacts.Attested::value);
    String why =
        ReleaseIsKnown.none(snapshot) ? "there is no Helm release" : ReleaseIsKnown.why(snapshot);
    return told.map(
            version ->
                Verdict.of(
                    CoderVersion.parse(version).equals(Optional.of(runs)),
                    "you said %s, and the deployment names %s".formatted(version, runs)))
        .orElseGet(() -> Verdict.unknown(why));
  }
}
