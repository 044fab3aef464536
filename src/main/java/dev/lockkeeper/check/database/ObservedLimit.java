package dev.lockkeeper.check.database;

import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.ServerLoad.Slots;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** How many ordinary sessions the database takes. */
final class ObservedLimit {
  private ObservedLimit() {}

  /** Whether it takes none, or UNKNOWN where that was not read lately. */
  static Verdict answer(Snapshot snapshot, boolean closed) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    Observed<Slots> slots = database.get().load().slots();
    return FreshFacts.read(slots, snapshot)
        .map(Slots::databaseLimit)
        .map(limit -> Verdict.of((limit == 0) == closed, told(limit)))
        .orElseGet(() -> Verdict.unknown("the connection limit: " + FreshFacts.why(slots)));
  }

  /** A limit in words. */
  static String told(int limit) {
    return limit < 0 ? "no connection limit" : "connection limit " + limit;
  }
}
