package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** Nobody holds the migration lock, waits for it, or keeps the schema number locked. */
public record NobodyHoldsTheMigrationLock() implements Check {
  @Override
  public String word() {
    return "nobody-holds-the-migration-lock";
  }

  @Override
  public String question() {
    return "no session holds the migration lock or waits for it";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty() || database.get().identity().standby()) {
      return Verdict.unknown("the database cannot be read");
    }
    MigrationLock lock = database.get().migrationLock();
    SchemaTable table = database.get().schema();
    if (lock.holder().isPresent() || !lock.waiters().isEmpty()) {
      return Verdict.fail(
          "held by %s, %d waiting"
              .formatted(
                  lock.holder().map(pid -> Blockers.name(database.get(), pid)).orElse("nobody"),
                  lock.waiters().size()));
    }
    return switch (table.state()) {
      case LOCKED ->
          Verdict.fail(
              "schema_migrations is locked"
                  + table
                      .lockedBy()
                      .map(pid -> " by " + Blockers.name(database.get(), pid))
                      .orElse(""));
      case FOREIGN, AMBIGUOUS, UNREADABLE, SEVERAL_ROWS ->
          Verdict.unknown("schema_migrations: " + table.detail());
      case READ, EMPTY, MISSING -> Verdict.pass("no session does");
    };
  }
}
