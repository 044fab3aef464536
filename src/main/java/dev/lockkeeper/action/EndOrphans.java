package dev.lockkeeper.action;

import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Candidates;
import dev.lockkeeper.diagnosis.WhatIsLost;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** End the sessions that hold the migration lock, or wait for it, and whose client is gone. */
public record EndOrphans() implements Action {
  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Candidates> orphans = Candidates.orphans(snapshot);
    return orphans.isEmpty()
        ? Proposal.none("cluster or database cannot be read now")
        : new Ending(snapshot, Manner.TERMINATE, Grounds.ORPHANED)
            .of(
                orphans.get(),
                "no session of a client that is gone holds the migration lock",
                lost(snapshot, orphans.get()));
  }

  /** What is lost is the same of most of them, and is said once. */
  private static List<String> lost(Snapshot snapshot, Candidates orphans) {
    return snapshot.freshDatabase().stream()
        .flatMap(
            database ->
                orphans.sessions().stream().map(each -> WhatIsLost.of(each, database).ended()))
        .distinct()
        .toList();
  }
}
