package dev.lockkeeper.postgres;

import java.time.Duration;

/**
 * On which terms a question is asked: read only, in a transaction of its own, never waiting long
 * for a lock or an answer.
 *
 * <p>{@code SET LOCAL} alone: behind a pooler anything that outlives the transaction would fall on
 * somebody else. READ COMMITTED is said, because an older snapshot sees an empty {@code
 * schema_migrations}. Moments are written in UTC, so that the same one is always the same text.
 *
 * @param lockPatience how long each statement may wait for a lock
 * @param patience how long each statement may take; shorter than the socket's patience
 * @param searchPath what sets the search path; may be empty
 */
record ReadSettings(Duration lockPatience, Duration patience, String searchPath) {
  private static final Duration CATALOG_PATIENCE = Duration.ofSeconds(2);
  private static final Duration ROW_PATIENCE = Duration.ofSeconds(1);

  /** Nobody who reads a table may stand in a migrator's way for longer, however large it is. */
  private static final Duration BRIEF = Duration.ofMillis(50);

  /** For catalogs alone: nobody's function or operator can slip in by a search path. */
  static ReadSettings catalog() {
    return new ReadSettings(BRIEF, CATALOG_PATIENCE, "SET LOCAL search_path=pg_catalog;");
  }

  /**
   * For one row, or for what the catalog says, of Coder's tables in this schema; the catalog is
   * searched before it, as always.
   */
  static ReadSettings tablesOf(String schema) {
    return new ReadSettings(BRIEF, ROW_PATIENCE, "SET LOCAL search_path=" + quoted(schema) + ";");
  }

  /** For what reads through a table: it is cut short before it is in anybody's way. */
  static ReadSettings through(String schema) {
    return new ReadSettings(BRIEF, BRIEF, "SET LOCAL search_path=" + quoted(schema) + ";");
  }

  /** With the search path that the role has by itself. */
  static ReadSettings ownPath() {
    return new ReadSettings(BRIEF, CATALOG_PATIENCE, "");
  }

  String opening() {
    return "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;"
        + "SET LOCAL lock_timeout='%dms';".formatted(lockPatience.toMillis())
        + "SET LOCAL statement_timeout='%dms';".formatted(patience.toMillis())
        + "SET LOCAL idle_in_transaction_session_timeout='5s';"
        + "SET LOCAL timezone='UTC';"
        + searchPath;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
