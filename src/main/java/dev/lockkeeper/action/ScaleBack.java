package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.diagnosis.Paused;
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
  public String word() {
    return whole ? "scale-back" : "scale-to-one";
  }

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
    String image = Paused.otherImage(cluster.get()).orElse(deployment.get().image());
    return propose(
        cluster.get(), deployment.get(), wanted.get(), image, pending(image, snapshot, knowledge));
  }

  private Proposal propose(
      Cluster cluster, Deployment seen, int wanted, String image, Optional<Integer> pending) {
    if (seen.replicas() >= wanted) {
      return Proposal.none("it already wants " + Durations.count(seen.replicas(), "replica"));
    }
    ScaleRequest request =
        new ScaleRequest(
            cluster.identity().pinned(), seen.name(), seen.uid(), seen.replicas(), wanted);
    return Proposal.of(
        new Plan(
            request,
            whole ? Risk.DISRUPTIVE : Risk.IRREVERSIBLE,
            List.of(effect(image, wanted - seen.replicas(), pending)),
            whole
                ? request.undo()
                : "none for the schema: once the migration commits, a database snapshot is the only"
                    + " way back",
            cluster.identity().phrase()));
  }

  private String effect(String image, int more, Optional<Integer> pending) {
    String pods = Durations.count(more, "pod") + " of " + image;
    String migrations =
        pending
            .map(count -> Durations.count(count, "migration"))
            .orElse("an unknown number of migrations");
    if (!whole) {
      return pods + " starts and runs " + migrations + " in one transaction";
    }
    return pods
        + (more == 1 ? " starts and connects" : " start and connect")
        + (pending.filter(count -> count == 0).isPresent()
            ? "; no migration is left to run"
            : "; left to run: " + migrations);
  }

  /** How many migrations this image runs, whatever the run wants; empty where it is not known. */
  private static Optional<Integer> pending(String image, Snapshot snapshot, Knowledge knowledge) {
    Optional<Long> from = UpgradePath.schemaNow(snapshot);
    return CoderVersion.ofImage(image)
        .flatMap(knowledge::schemaOf)
        .map(SchemaNumber::number)
        .flatMap(to -> from.map(at -> knowledge.between(at, to).size()));
  }
}
