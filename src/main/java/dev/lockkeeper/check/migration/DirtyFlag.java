package dev.lockkeeper.check.migration;

import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** Whether the schema is marked dirty. */
final class DirtyFlag {
  private DirtyFlag() {}

  static Verdict answer(Snapshot snapshot, boolean wanted) {
    Optional<SchemaTable> table = snapshot.freshDatabase().map(Database::schema);
    if (table.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    return table
        .get()
        .version()
        .map(
            number ->
                Verdict.of(
                    table.get().dirty() == wanted,
                    "schema %d, %s".formatted(number, table.get().dirty() ? "dirty" : "not dirty")))
        .orElseGet(() -> Verdict.unknown("schema_migrations: " + table.get().detail()));
  }
}
