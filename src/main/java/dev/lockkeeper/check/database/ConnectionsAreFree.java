package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.ServerLoad.Slots;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The server takes as many further connections as a pod needs that starts. */
public record ConnectionsAreFree() implements Check {
  /** The pool of one coderd and its listening session. */
  private static final int NEEDED = 11;

  @Override
  public String word() {
    return "connections-are-free";
  }

  @Override
  public String question() {
    return "the database has connections left for another pod";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    Observed<Slots> slots = database.get().load().slots();
    if (FreshFacts.read(slots, snapshot).isEmpty()) {
      return Verdict.unknown("connections are not counted: " + FreshFacts.why(slots));
    }
    Slots counted = slots.value().orElseThrow();
    String own =
        counted.ownLimit() < 0
            ? ""
            : "; %d of %d of our role".formatted(counted.ownUsed(), counted.ownLimit());
    return Verdict.of(
            counted.free() >= NEEDED,
            "%d free: %d of %d in use, %d reserved%s; a pod takes up to %d"
                .formatted(
                    counted.free(),
                    counted.used(),
                    counted.limit(),
                    counted.reserved(),
                    own,
                    NEEDED))
        .withFigure(Integer.toString(counted.free()));
  }
}
