package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.InTheWay;
import dev.lockkeeper.analysis.PreparedInTheWay;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Nobody keeps a transaction open on a table that a pending migration touches (C6). */
public record NobodyInTheWay() implements Check {
  @Override
  public String word() {
    return "nobody-in-the-way";
  }

  @Override
  public String question() {
    return "no open transaction uses a table that a migration needs";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    List<String> found = inTheWay(snapshot, database.get(), knowledge);
    if (!found.isEmpty()) {
      return Verdict.fail(String.join("; ", found));
    }
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    if (path.schema().isEmpty() || path.wanted().isEmpty()) {
      return Verdict.unknown(
          "which migrations are pending is not known: "
              + (path.wanted().isEmpty() ? "the target's schema number" : "the schema number")
              + " is not");
    }
    return database.get().hidden() > 0
        ? Verdict.unknown(database.get().hidden() + " sessions are hidden from our role")
        : Verdict.pass("no session stays in a transaction on them, and none is prepared");
  }

  private static List<String> inTheWay(Snapshot snapshot, Database database, Knowledge knowledge) {
    return Stream.concat(
            InTheWay.of(snapshot, database, knowledge).stream()
                .filter(each -> !each.behind().isEmpty())
                .map(each -> each.who() + "; " + each.consequence()),
            PreparedInTheWay.of(snapshot, database, knowledge).stream().map(PreparedInTheWay::told))
        .toList();
  }
}
