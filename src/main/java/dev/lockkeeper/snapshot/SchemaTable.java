package dev.lockkeeper.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * What {@code schema_migrations} says, asked in a way that cannot hang.
 *
 * @param state how the question was answered
 * @param schema the schema in which the table lives, once it was found
 * @param version the schema number, when it was read
 * @param dirty the flag beside it
 * @param lockedBy the session that keeps the table locked, when that is the answer; a prepared
 *     transaction's place where it is one, {@link Database#prepared(int)}
 * @param detail a sentence for the operator when the table could not be read; empty otherwise
 * @param elsewhere other schemas that have such a table, too; nobody read these
 * @param v1 the schema with Coder v1's table {@code migration_cursor}, where coderd would look for
 *     its own
 */
public record SchemaTable(
    State state,
    Optional<String> schema,
    Optional<Long> version,
    boolean dirty,
    Optional<Integer> lockedBy,
    String detail,
    List<String> elsewhere,
    Optional<String> v1) {
  /** How the question was answered. */
  public enum State {
    /** It has a row, and here it is. */
    READ,
    /**
     * It is locked exclusively: a migration transaction is open. This is an answer and no error.
     */
    LOCKED,
    /** It has no row. */
    EMPTY,
    /** It has more rows than one, and nothing says which of them counts. */
    SEVERAL_ROWS,
    /** There is no such table, nor any other: a new database. */
    MISSING,
    /** It is another program's, or there are tables and it is not among them. */
    FOREIGN,
    /** There are several, and nothing says which one coderd uses. */
    AMBIGUOUS,
    /** Our role may not read it, or it could not be read for another reason. */
    UNREADABLE
  }

  public SchemaTable {
    elsewhere = List.copyOf(elsewhere);
  }

  public static SchemaTable read(String schema, long version, boolean dirty) {
    return new SchemaTable(
        State.READ,
        Optional.of(schema),
        Optional.of(version),
        dirty,
        Optional.empty(),
        "",
        List.of(),
        Optional.empty());
  }

  public static SchemaTable locked(String schema, Optional<Integer> by) {
    return new SchemaTable(
        State.LOCKED,
        Optional.of(schema),
        Optional.empty(),
        false,
        by,
        "locked by an open migration",
        List.of(),
        Optional.empty());
  }

  public static SchemaTable without(State state, Optional<String> schema, String detail) {
    return new SchemaTable(
        state,
        schema,
        Optional.empty(),
        false,
        Optional.empty(),
        detail,
        List.of(),
        Optional.empty());
  }

  /** The same beside tables of that name in other schemas, and perhaps one of Coder v1. */
  public SchemaTable beside(List<String> others, Optional<String> v1Schema) {
    return new SchemaTable(state, schema, version, dirty, lockedBy, detail, others, v1Schema);
  }
}
