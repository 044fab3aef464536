package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.SchemaOwner;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The schema number can be read, is not dirty, and is no known trap. */
public record SchemaIsClean() implements Check {
  @Override
  public String word() {
    return "schema-is-clean";
  }

  @Override
  public String question() {
    return "the schema is clean and has no known problem";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    SchemaTable table = database.get().schema();
    Optional<String> wrong = SchemaOwner.wrong(table);
    if (wrong.isPresent()) {
      return Verdict.fail("not Coder's database: " + wrong.get());
    }
    if (table.version().isEmpty()) {
      return without(table);
    }
    long version = table.version().get();
    if (table.dirty()) {
      return Verdict.fail("schema_migrations is dirty at " + version);
    }
    return knowledge
        .gapAt(version)
        .map(gap -> Verdict.of(!gap.stop(), "schema %d: %s".formatted(version, gap.explanation())))
        .orElseGet(() -> Verdict.pass("schema " + version + ", not dirty" + elsewhere(table)));
  }

  /** That there is no number is an answer, and no lack of one. */
  private static Verdict without(SchemaTable table) {
    String detail = "schema_migrations: " + table.detail();
    return switch (table.state()) {
      case EMPTY, MISSING, FOREIGN, SEVERAL_ROWS -> Verdict.fail(detail);
      case READ, LOCKED, AMBIGUOUS, UNREADABLE -> Verdict.unknown(detail);
    };
  }

  private static String elsewhere(SchemaTable table) {
    return table.elsewhere().isEmpty()
        ? ""
        : "; read in %s, and there is one in %s, too"
            .formatted(table.schema().orElse("?"), String.join(", ", table.elsewhere()));
  }
}
