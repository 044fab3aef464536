package dev.lockkeeper.snapshot;

import java.util.Optional;

/**
 * What {@code schema_migrations} says, asked in a way that cannot hang.
 *
 * @param state how the question was answered
 * @param schema the schema in which the table lives, once it was found
 * @param version the schema number, when it was read
 * @param dirty the flag beside it
 * @param lockedBy the session that keeps the table locked, when that is the answer
 * @param detail a sentence for the operator when the table could not be read; empty otherwise
 */
public record SchemaTable(
    State state,
    Optional<String> schema,
    Optional<Long> version,
    boolean dirty,
    Optional<Integer> lockedBy,
    String detail) {
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
    /** There is no such table: not a Coder database, or a new one. */
    MISSING,
    /** Our role may not read it, or it could not be read for another reason. */
    UNREADABLE
  }

  public static SchemaTable read(String schema, long version, boolean dirty) {
    return new SchemaTable(
        State.READ, Optional.of(schema), Optional.of(version), dirty, Optional.empty(), "");
  }

  public static SchemaTable locked(String schema, Optional<Integer> by) {
    return new SchemaTable(
        State.LOCKED,
        Optional.of(schema),
        Optional.empty(),
        false,
        by,
        "locked by an open migration");
  }

  public static SchemaTable without(State state, Optional<String> schema, String detail) {
    return new SchemaTable(state, schema, Optional.empty(), false, Optional.empty(), detail);
  }
}
