package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.DatabaseIdentity;
import java.util.Map;

/**
 * Repair a dirty row of {@code schema_migrations}: exactly the row that was seen becomes a clean
 * one, under the migration lock.
 *
 * @param database the database
 * @param schema the schema of the table
 * @param from the number in the dirty row
 * @param to the number that the clean row shall have
 */
public record RepairRequest(DatabaseIdentity database, String schema, long from, long to)
    implements Request {
  @Override
  public String summary() {
    return "set the schema number from %d (dirty) to %d (clean)".formatted(from, to);
  }

  @Override
  public String verb() {
    return "Repair the row";
  }

  @Override
  public String command() {
    return command(from, true, to, false);
  }

  @Override
  public String undo() {
    return command(to, false, from, true);
  }

  private String command(long seen, boolean dirty, long wanted, boolean flag) {
    return "UPDATE %s.schema_migrations SET version = %d, dirty = %s WHERE version = %d AND dirty = %s;"
        .formatted(SqlText.name(schema), wanted, flag, seen, dirty);
  }

  @Override
  public RequestKind kind() {
    return RequestKind.REPAIR;
  }

  @Override
  public Map<String, String> identity() {
    return kind()
        .at(
            database,
            Map.of("schema", schema, "from", Long.toString(from), "to", Long.toString(to)));
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.database().repair(this);
  }
}
