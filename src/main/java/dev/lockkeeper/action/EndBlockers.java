package dev.lockkeeper.action;

import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Candidates;
import dev.lockkeeper.diagnosis.Release;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
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
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Candidates> seen = Candidates.blockers(snapshot);
    if (seen.isEmpty()) {
      return Proposal.none("the database cannot be read now");
    }
    Candidates candidates = manner == Manner.CANCEL ? cancellable(seen.get()) : seen.get();
    return new Ending(snapshot, manner, Grounds.BLOCKS_MIGRATION)
        .of(candidates, nobody(seen.get(), snapshot), consequences(snapshot, candidates));
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
      return "a cancel does not help: none of those who block has a statement under way";
    }
    return Candidates.preparedBlocks(snapshot)
        ? "no session blocks the migration, but a prepared transaction: that is another step"
        : "nobody blocks a migration";
  }

  /** What becomes of the migrator; a cancelled statement may be sent again, so that is no end. */
  private static List<String> consequences(Snapshot snapshot, Candidates chosen) {
    return snapshot.freshDatabase().stream()
        .flatMap(database -> consequence(snapshot, database, chosen).stream())
        .toList();
  }

  private static Optional<String> consequence(
      Snapshot snapshot, Database database, Candidates chosen) {
    return database
        .migrator()
        .flatMap(
            pid -> Release.of(database, pid, chosen.sessions().stream().map(Backend::pid).toList()))
        .map(
            release ->
                release.told(
                    database
                        .backend(release.waiter())
                        .map(each -> Candidates.name(each, snapshot))
                        .orElse("the migrator"),
                    database));
  }
}
