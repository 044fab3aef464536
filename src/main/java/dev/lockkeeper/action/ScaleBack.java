package dev.lockkeeper.action;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.diagnosis.Spoken;
import dev.lockkeeper.diagnosis.UpgradePath;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * Scale the Deployment up: to one, for the migration, or to the count that was there before the run
 * (C13, C16).
 *
 * @param whole whether to restore the whole count; one otherwise
 */
public record ScaleBack(boolean whole) implements Action {
  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    Optional<Integer> wanted = whole ? snapshot.run().replicas() : Optional.of(1);
    if (deployment.isEmpty()) {
      return Proposal.none("the deployment cannot be read now");
    }
    if (wanted.isEmpty()) {
      return Proposal.none(
          "how many replicas there were before this run is not known: scale by hand");
    }
    return propose(cluster.get(), deployment.get(), wanted.get(), migrations(snapshot, knowledge));
  }

  private Proposal propose(Cluster cluster, Deployment seen, int wanted, String migrations) {
    if (seen.replicas() >= wanted) {
      return Proposal.none("it already wants " + Spoken.count(seen.replicas(), "replica"));
    }
    ScaleRequest request =
        new ScaleRequest(
            cluster.identity().pinned(), seen.name(), seen.uid(), seen.replicas(), wanted);
    return Proposal.of(
        new Plan(
            request,
            whole ? Risk.DISRUPTIVE : Risk.IRREVERSIBLE,
            List.of(effect(seen, wanted, migrations)),
            whole
                ? request.undo()
                : "none for the schema: once the migration commits, only a database snapshot goes"
                    + " back",
            cluster.identity().phrase()));
  }

  private String effect(Deployment seen, int wanted, String migrations) {
    int more = wanted - seen.replicas();
    String pods = Spoken.count(more, "pod") + " of " + seen.image();
    return whole
        ? pods
            + (more == 1 ? " starts and connects" : " start and connect")
            + "; no migration is left to run"
        : pods + " starts and runs " + migrations + " in one transaction";
  }

  /** What the image that stands in the Deployment runs, whatever the run wants. */
  private static String migrations(Snapshot snapshot, Knowledge knowledge) {
    Optional<Long> from = UpgradePath.schemaNow(snapshot);
    Optional<Long> to =
        UpgradePath.named(snapshot).flatMap(knowledge::schemaOf).map(SchemaNumber::number);
    return from.isPresent() && to.isPresent()
        ? Spoken.count(knowledge.between(from.get(), to.get()).size(), "migration")
        : "an unknown number of migrations";
  }
}
