package dev.lockkeeper.check.coderv1;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.helm.ChartIsThere;
import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The chart repository is that of Coder v1, and has the target version (C50, C54). */
public record CoderV1ChartIsThere() implements Check {
  @Override
  public String word() {
    return "v1-chart-is-there";
  }

  @Override
  public String question() {
    return "the chart repository of Coder v1 has the target version";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Verdict there =
        ChartIsThere.evaluate(
            snapshot,
            repository ->
                ChartRepository.isOfV2(repository)
                    ? Optional.of(
                        "the charts of v2: start with --helm-repository " + ChartRepository.V1)
                    : Optional.empty());
    Optional<CoderVersion> newer =
        snapshot.run().target().flatMap(CoderVersion::parse).filter(each -> each.major() != 1);
    return there.passed() && newer.isPresent()
        ? Verdict.fail(newer.get() + " is no version of Coder v1")
        : there;
  }
}
