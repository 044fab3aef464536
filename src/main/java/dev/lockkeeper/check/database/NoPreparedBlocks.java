package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;
import java.util.stream.Collectors;

/** The migrator does not wait for a prepared transaction (C33). */
public record NoPreparedBlocks() implements Check {
  @Override
  public String word() {
    return "no-prepared-blocks";
  }

  @Override
  public String question() {
    return "no prepared transaction blocks a migration";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    MigrationState state = MigrationState.of(snapshot);
    if (database.isEmpty() || state.kind() == MigrationState.Kind.UNKNOWN) {
      return Verdict.unknown("who blocks a migration cannot be read now");
    }
    int prepared = database.get().prepared().size();
    Blockers blockers = Blockers.of(database.get());
    return blockers.anyPrepared()
        ? Verdict.fail(
            blockers.prepared().isEmpty()
                ? "a migrator waits for one, and which one is not seen"
                : blockers.prepared().stream()
                    .map(Blockers::line)
                    .collect(Collectors.joining("; ", "", ", and a migrator waits")))
        : Verdict.pass(
            prepared == 0
                ? "there is none"
                : Durations.count(prepared, "prepared transaction")
                    + ", and no migrator waits for it");
  }
}
