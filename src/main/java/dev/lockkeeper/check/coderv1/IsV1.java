package dev.lockkeeper.check.coderv1;

import dev.lockkeeper.analysis.CoderV1Path;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The Deployment is one of Coder v1 (C63). */
public record IsV1() implements Check {
  @Override
  public String word() {
    return "is-v1";
  }

  @Override
  public String question() {
    return "the deployment is one of Coder v1";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    return deployment
        .map(
            seen ->
                Verdict.of(
                    CoderV1Path.isV1(seen),
                    "%s, %s, image %s"
                        .formatted(
                            seen.name(),
                            seen.chart().map("chart "::concat).orElse("without a chart's label"),
                            seen.image())))
        .orElseGet(
            () ->
                Verdict.unknown(
                    "the deployment cannot be read; v1's is coderd or cemanager: --deployment"));
  }
}
