package dev.lockkeeper.postgres;

import java.util.regex.Matcher;

/**
 * How a question about one database is asked from another one of the same server, when the door of
 * the first is closed. Sessions, locks and limits can be seen from anywhere; what is in its tables,
 * and what they are called, cannot.
 *
 * @param home the name of the database that the questions are about, as a literal of SQL
 */
record OtherDatabase(String home) {
  /** Why what is in the database cannot be told. */
  static final String REASON =
      "The database takes no new sessions (connection limit 0), and ours would be one: what is in"
          + " it cannot be read until the limit is put back.";

  /** Below this number a table is one of the server's own, and the same in every database. */
  private static final int FIRST_OF_OTHERS = 16384;

  /**
   * The question with that database instead of the one that the session is in; tables that are not
   * the server's own have no name then, because another one of the same number may be here.
   */
  String asked(String question) {
    return question
        .replaceAll(
            "(pg_catalog\\.)?current_database\\(\\)",
            Matcher.quoteReplacement(home + "::pg_catalog.name"))
        .replace(
            "pg_class AS c",
            "(SELECT k.* FROM pg_catalog.pg_class AS k WHERE k.oid < %d) AS c"
                .formatted(FIRST_OF_OTHERS));
  }
}
