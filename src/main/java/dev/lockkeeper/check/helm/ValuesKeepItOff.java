package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The chart of the installed version has a value that keeps the liveness probe off (C20, C25). */
public record ValuesKeepItOff() implements Check {
  @Override
  public String word() {
    return "values-keep-it-off";
  }

  @Override
  public String question() {
    return "a value of the chart keeps the liveness probe off";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> installed =
        snapshot.freshCluster().flatMap(seen -> UpgradePath.named(snapshot));
    if (installed.isEmpty()) {
      return Verdict.unknown("which version is installed cannot be read");
    }
    return knowledge.chart(installed.get()).canDisableLiveness()
        ? Verdict.pass("%s: coder.livenessProbe.enabled=false".formatted(installed.get()))
        : Verdict.fail(
            "the chart of %s has none; from v2.30 on there is one".formatted(installed.get()));
  }
}
