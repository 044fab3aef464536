package dev.lockkeeper.action;

import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * Cancel or end exactly those sessions for which the migrator waits (C31, the first step).
 *
 * @param manner what is done to them; a cancel is proposed only where it helps
 */
public record EndBlockers(Manner manner) implements Action {
  @Override
  public String word() {
    return manner == Manner.CANCEL ? "cancel-blockers" : "end-blockers";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Candidates> seen = Candidates.blockers(snapshot);
    if (seen.isEmpty()) {
      return Proposal.none("the database cannot be read now");
    }
    Candidates candidates = manner == Manner.CANCEL ? cancellable(seen.get()) : seen.get();
    return new Ending(snapshot, manner, Grounds.BLOCKS_MIGRATION)
        .of(candidates, nobody(seen.get(), snapshot), List.of());
  }

  /** A session that is idle in its transaction has no statement, and does not notice. */
  private static Candidates cancellable(Candidates all) {
    return new Candidates(
        all.sessions().stream().filter(EndBlockers::works).toList(), all.leftAlone(), all.hidden());
  }

  private static boolean works(Backend backend) {
    return backend.state().filter("active"::equals).isPresent();
  }

  private static String nobody(Candidates all, Snapshot snapshot) {
    if (!all.sessions().isEmpty()) {
      return "a cancel does not help: none of the sessions that block runs a statement";
    }
    return Candidates.preparedBlocks(snapshot)
        ? "no session blocks the migration; a prepared transaction does: that is another step"
        : "no session blocks a migration";
  }
}
