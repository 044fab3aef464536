package dev.lockkeeper.action;

import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Candidates;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * End the sessions that hold the migration lock, or wait for it, and whose client is gone: nobody
 * is left who could commit what they did.
 */
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
                List.of("their clients are gone: nothing is lost that could still be committed"));
  }
}
