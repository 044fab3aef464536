package dev.lockkeeper.postgres;

import java.util.Locale;

/** What an act asks and tells the server: each is the {@code .sql} file of its name. */
enum ActStatement {
  END_SESSION,
  MIGRATION_SCHEMAS,
  STILL_THERE,
  ROLLBACK_PREPARED,
  OTHER_DATABASES,
  DATABASE_LIMIT,
  ALTER_LIMIT,
  TAKE_MIGRATION_LOCK,
  CLOSE_SCHEMA_TABLE,
  SCHEMA_ROWS,
  REPAIR_SCHEMA_ROW;

  String sql() {
    return Question.read(name().toLowerCase(Locale.ROOT) + ".sql");
  }

  /** The same for a table of this schema. */
  String in(String schema) {
    return sql().replace(":schema", ReadSettings.quoted(schema));
  }
}
