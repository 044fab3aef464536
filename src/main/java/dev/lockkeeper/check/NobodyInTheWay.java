package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.InTheWay;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** No session sits in a transaction on a table that a pending migration touches (C6). */
public record NobodyInTheWay() implements Check {
  @Override
  public String question() {
    return "nobody holds a table that a pending migration needs";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    if (database.get().hidden() > 0) {
      return Verdict.unknown(database.get().hidden() + " sessions are hidden from our role");
    }
    List<InTheWay> found =
        InTheWay.of(snapshot, database.get(), knowledge).stream()
            .filter(each -> !each.behind().isEmpty())
            .toList();
    return found.isEmpty()
        ? Verdict.pass("no session is idle in a transaction on them")
        : Verdict.fail(
            found.stream()
                .map(each -> each.who() + "; " + each.consequence())
                .collect(Collectors.joining("; ")));
  }
}
