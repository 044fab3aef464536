package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.CoderV1Path;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Snapshot;

/** From one version of Coder v1 to the next, and no further (C53). */
public record OneVersionAtATime() implements Check {
  @Override
  public String word() {
    return "one-version-at-a-time";
  }

  @Override
  public String question() {
    return "the target is at most one version newer (1.15 to 1.16)";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    CoderV1Path path = CoderV1Path.of(snapshot);
    if (snapshot.freshCluster().flatMap(Cluster::deployment).isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    if (path.target().isEmpty()) {
      return Verdict.unknown("no target version was given: start with --to 1.x.y");
    }
    if (path.source().isEmpty()) {
      return Verdict.unknown("the installed version cannot be read");
    }
    return judged(path, path.source().get(), path.target().get());
  }

  private static Verdict judged(CoderV1Path path, CoderVersion source, CoderVersion target) {
    String spoken = "%s → %s".formatted(CoderV1Chart.spoken(source), CoderV1Chart.spoken(target));
    if (source.major() != 1 || target.major() != 1) {
      return Verdict.fail(spoken + ": not both are v1, and v1 is not upgraded to v2");
    }
    if (target.compareTo(source) < 0) {
      return Verdict.fail(spoken + ": the way back is a snapshot of the database, and no upgrade");
    }
    return path.stops().size() > 1
        ? Verdict.fail(
            "%s skips versions: go to %s first (stops: %s)"
                .formatted(spoken, path.stops().get(0), path.way()))
        : Verdict.pass(spoken);
  }
}
