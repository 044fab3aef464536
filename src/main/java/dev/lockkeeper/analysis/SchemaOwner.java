package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.snapshot.SchemaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose {@code schema_migrations} a database has: Coder's, or certainly another program's. */
public final class SchemaOwner {
  private SchemaOwner() {}

  /**
   * Whose it is, if it is certainly not that of a Coder v2, as a sentence's end: {@code the
   * database of a Coder v1 (its table migration_cursor)}.
   */
  public static Optional<String> wrong(SchemaTable table) {
    if (table.v1().isPresent()) {
      return Optional.of("that of a Coder v1, by its table migration_cursor");
    }
    if (table.state() == SchemaTable.State.FOREIGN) {
      return Optional.of(
          table.schema().isPresent()
              ? "another program's schema_migrations"
              : "it has tables, and none of them is Coder's");
    }
    return table
        .version()
        .filter(number -> !SchemaNumber.plausible(number))
        .map("%d is no schema number of Coder's"::formatted);
  }

  /** What it was concluded from, a line each. */
  public static List<String> evidence(SchemaTable table) {
    List<String> evidence = new ArrayList<>();
    table
        .v1()
        .ifPresent(
            schema -> evidence.add("schema %s has the table migration_cursor".formatted(schema)));
    if (!table.detail().isEmpty()) {
      evidence.add(table.detail());
    }
    table
        .version()
        .ifPresent(number -> evidence.add(named(table.schema().orElse("?")) + " = " + number));
    return evidence;
  }

  public static String named(String schema) {
    return schema + ".schema_migrations";
  }
}
