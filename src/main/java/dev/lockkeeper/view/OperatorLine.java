package dev.lockkeeper.view;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.Optional;

/** Who acts on this deployment besides us. */
final class OperatorLine {
  private OperatorLine() {}

  /** The other one, in a sentence; empty when there is nobody else, or nobody could find out. */
  static Optional<String> other(Snapshot snapshot) {
    return snapshot
        .freshCluster()
        .flatMap(OperatorLine::lease)
        .flatMap(OperatorLease::other)
        .map(holder -> acts(holder, snapshot));
  }

  private static String acts(OperatorLease.Holder holder, Snapshot snapshot) {
    String since = Durations.of(Duration.between(holder.since(), snapshot.now()));
    String silent = holder.expired() ? ", silent for " + Durations.of(holder.silent()) : "";
    return "%s acts here, for %s%s".formatted(holder.identity(), since, silent);
  }

  static Optional<OperatorLease> lease(Cluster cluster) {
    return cluster.operator().isKnown() ? cluster.operator().value() : Optional.empty();
  }
}
