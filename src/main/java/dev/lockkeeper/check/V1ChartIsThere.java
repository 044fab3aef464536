package dev.lockkeeper.check;

import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The chart repository is that of Coder v1, and has the target version (C50, C54). */
public record V1ChartIsThere() implements Check {
  @Override
  public String question() {
    return "the chart repository of Coder v1 has the target version";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Helm> helm = HelmIsAtHand.fresh(snapshot);
    if (helm.isEmpty()) {
      return Verdict.unknown(HelmIsAtHand.why(snapshot));
    }
    String repository = helm.get().repository();
    if (ChartRepository.isOfV2(repository)) {
      return Verdict.fail(
          "%s has the charts of v2: start with --helm-repository %s"
              .formatted(repository, ChartRepository.V1));
    }
    Observed<Optional<String>> chart = helm.get().chart();
    if (!chart.isKnown()) {
      return Verdict.unknown(chart.reason());
    }
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    Optional<CoderVersion> found = chart.value().orElseThrow().flatMap(CoderVersion::parse);
    return found
        .map(
            version ->
                Verdict.of(
                    version.major() == 1 && target.equals(found),
                    "chart coder-%s from %s".formatted(chart.value().get().get(), repository)))
        .orElseGet(() -> Verdict.fail(repository + " has no chart coder of this version"));
  }
}
