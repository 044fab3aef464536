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
 * @param patience how long each statement may take; shorter than the socket's patience
 * @param searchPath what sets the search path; may be empty
 */
record Terms(Duration patience, String searchPath) {
  private static final Duration CATALOG_PATIENCE = Duration.ofSeconds(2);
  private static final Duration TABLE_PATIENCE = Duration.ofSeconds(1);

  /** For catalogs alone: nobody's function or operator can slip in by a search path. */
  static Terms catalog() {
    return new Terms(CATALOG_PATIENCE, "SET LOCAL search_path=pg_catalog;");
  }

  /** For Coder's tables in this schema; the catalog is searched before it, as always. */
  static Terms tablesOf(String schema) {
    return new Terms(TABLE_PATIENCE, "SET LOCAL search_path=" + quoted(schema) + ";");
  }

  /** With the search path that the role has by itself. */
  static Terms ownPath() {
    return new Terms(CATALOG_PATIENCE, "");
  }

  String opening() {
    return "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;"
        + "SET LOCAL lock_timeout='100ms';"
        + "SET LOCAL statement_timeout='%dms';".formatted(patience.toMillis())
        + "SET LOCAL idle_in_transaction_session_timeout='5s';"
        + "SET LOCAL timezone='UTC';"
        + searchPath;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
