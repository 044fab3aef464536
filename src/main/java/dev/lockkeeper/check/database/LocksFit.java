package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.CoderRole;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.RoleFacts.LockRoom;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * One transaction could lock everything in Coder's schema, as a restore does and all pending
 * migrations together nearly do.
 */
public record LocksFit() implements Check {
  @Override
  public String word() {
    return "locks-fit";
  }

  @Override
  public String question() {
    return "there is room for the locks of a large transaction";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<LockRoom> room = CoderRole.facts(snapshot).map(RoleFacts::locks);
    return room.map(LocksFit::of)
        .orElseGet(() -> Verdict.unknown("max_locks_per_transaction cannot be read"));
  }

  /** Other sessions take locks, too, so a table that is half full is not known to be enough. */
  private static Verdict of(LockRoom room) {
    String evidence =
        "%,d tables and indexes; room for about %,d locks (max_locks_per_transaction = %d)"
            .formatted(room.relations(), room.total(), room.perTransaction());
    if (room.relations() * 2L <= room.total()) {
      return Verdict.pass(evidence);
    }
    return room.relations() > room.total() ? Verdict.fail(evidence) : Verdict.unknown(evidence);
  }
}
