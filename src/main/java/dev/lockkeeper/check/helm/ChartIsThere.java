package dev.lockkeeper.check.helm;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;
import java.util.function.Function;

/** The chart repository is that of Coder v2, and has the target version (C12). */
public record ChartIsThere() implements Check {
  @Override
  public String word() {
    return "chart-is-there";
  }

  @Override
  public String question() {
    return "the chart repository has the target version";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return evaluate(
        snapshot,
        repository ->
            ChartRepository.isOfV1(repository)
                ? Optional.of("the charts of Coder v1; those of v2 are at " + ChartRepository.V2)
                : Optional.empty());
  }

  /**
   * The same for charts of any kind.
   *
   * @param other what a repository has that is not of this kind; empty when it may be
   */
  public static Verdict evaluate(Snapshot snapshot, Function<String, Optional<String>> other) {
    Optional<Helm> helm = HelmIsAtHand.fresh(snapshot);
    if (helm.isEmpty()) {
      return Verdict.unknown(HelmIsAtHand.why(snapshot));
    }
    String repository = helm.get().repository();
    Optional<String> wrong = other.apply(repository);
    if (wrong.isPresent()) {
      return Verdict.fail("%s has %s".formatted(repository, wrong.get()));
    }
    Observed<Optional<String>> chart = helm.get().chart();
    if (!chart.isKnown()) {
      return Verdict.unknown(chart.reason());
    }
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    Optional<String> found = chart.value().orElseThrow();
    return found
        .map(
            version ->
                Verdict.of(
                    found.flatMap(CoderVersion::parse).equals(target),
                    "chart coder-%s from %s".formatted(version, repository)))
        .orElseGet(() -> Verdict.fail(absent(helm.get(), target)));
  }

  private static String absent(Helm helm, Optional<CoderVersion> target) {
    return "%s has no chart coder%s%s: another --helm-repository may have it, or upgrade another way"
        .formatted(
            helm.repository(),
            target.map(each -> " of " + each).orElse(" of this version"),
            helm.charts().newestChart().map(each -> ", its newest is " + each).orElse(""));
  }
}
