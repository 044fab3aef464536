package dev.lockkeeper.action;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;

/** Keep what is seen, before the acts that destroy it. */
public record KeepEvidence() implements Action {
  @Override
  public String word() {
    return "keep-evidence";
  }

  @Override
  public boolean changesNothing() {
    return true;
  }

  /** What is not known is missing in it; that is no reason to keep nothing. */
  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .cluster()
        .value()
        .map(KeepEvidence::planned)
        .orElseGet(() -> Proposal.none("the cluster was not read yet"));
  }

  private static Proposal planned(Cluster cluster) {
    String name = cluster.deployment().map(seen -> seen.name()).orElse("coder");
    return Proposal.of(
        new Plan(
            new EvidenceRequest(cluster.identity().pinned(), name),
            Risk.SAFE,
            List.of(
                "in a folder of its own beside the journal, which only you may read: logs of all"
                    + " containers and of their runs before, objects, events, locks, sessions,"
                    + " prepared transactions, Helm's history",
                "passwords, tokens and keys are masked; nothing changes in cluster or database",
                "it takes a minute at most, and says what is missing"),
            "none is needed: it only writes files",
            cluster.identity().phrase()));
  }
}
