package dev.lockkeeper.check;

import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The chart repository is that of Coder v2, and has the target version (C12). */
public record ChartIsThere() implements Check {
  @Override
  public String question() {
    return "the chart repository has the target version";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Helm> helm = HelmIsAtHand.fresh(snapshot);
    if (helm.isEmpty()) {
      return Verdict.unknown(HelmIsAtHand.why(snapshot));
    }
    String repository = helm.get().repository();
    if (ChartRepository.isOfV1(repository)) {
      return Verdict.fail(
          "%s has the charts of Coder v1; those of v2 are at %s"
              .formatted(repository, ChartRepository.V2));
    }
    Observed<Optional<String>> chart = helm.get().chart();
    if (!chart.isKnown()) {
      return Verdict.unknown(chart.reason());
    }
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    Optional<String> found = chart.value().orElseThrow();
    if (found.isEmpty()) {
      return Verdict.fail("%s has no chart coder of this version".formatted(repository));
    }
    return Verdict.of(
        found.flatMap(CoderVersion::parse).equals(target),
        "chart coder-%s from %s".formatted(found.get(), repository));
  }
}
