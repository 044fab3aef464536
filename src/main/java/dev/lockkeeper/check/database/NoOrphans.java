package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** No session of a client that is gone holds the migration lock or waits for it. */
public record NoOrphans() implements Check {
  @Override
  public String word() {
    return "no-orphans";
  }

  @Override
  public String question() {
    return "no session whose client is known to have ended holds the migration lock";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Candidates> orphans = Candidates.orphans(snapshot);
    Optional<Database> database = snapshot.freshDatabase();
    if (orphans.isEmpty() || database.isEmpty()) {
      return Verdict.unknown("cluster or database cannot be read");
    }
    List<Backend> sessions = orphans.get().sessions();
    if (!sessions.isEmpty() || !orphans.get().leftAlone().isEmpty()) {
      return Verdict.fail(String.join("; ", orphans.get().lines(snapshot)));
    }
    List<Integer> unseen = HiddenSessions.migrators(database.get());
    if (!unseen.isEmpty()) {
      return Verdict.unknown(
          "pid %d holds it or waits for it, and whose session it is cannot be seen"
              .formatted(unseen.get(0)));
    }
    Optional<Backend> untold = Candidates.untold(snapshot);
    if (untold.isPresent()) {
      return Verdict.pass(
          "none is known to; whether the client of %s is there is not known: %s"
              .formatted(
                  Candidates.name(untold.get(), snapshot), Candidates.why(untold.get(), snapshot)));
    }
    return Verdict.pass(
        database.get().migrationLock().holder().isPresent()
            ? "nothing says that its holder's client has ended"
            : "no session holds it");
  }
}
