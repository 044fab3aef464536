package dev.lockkeeper.action;

/** Names and values as PostgreSQL reads them, for commands that a person copies. */
final class SqlText {
  private SqlText() {}

  static String literal(String text) {
    String doubled = text.replace("'", "''");
    return text.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : "E'" + doubled.replace("\\", "\\\\") + "'";
  }

  static String name(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
