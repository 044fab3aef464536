package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.SchemaTable.State;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks which schema number the database has, without ever standing in a migration's way. */
final class SchemaReader {
  private final DatabaseConnection connection;
  private final String role;

  SchemaReader(DatabaseConnection connection, String role) {
    this.connection = connection;
    this.role = role;
  }

  /**
   * What {@code schema_migrations} says.
   *
   * @throws SQLException if the connection broke; everything else is an answer
   */
  SchemaTable read(SchemaTables tables, LockTable locks) throws SQLException {
    List<String> path = connection.searchPath();
    Optional<Row> table = tables.choose(path);
    SchemaTable seen = table.isPresent() ? of(table.get(), locks) : absent(tables, path);
    return seen.beside(
        tables.schemas().stream().filter(each -> !seen.schema().equals(Optional.of(each))).toList(),
        tables.v1(seen.schema(), path));
  }

  private SchemaTable of(Row table, LockTable locks) throws SQLException {
    String schema = table.text("schema");
    String id = table.text("id");
    if (locks.closed(id)) {
      return SchemaTable.locked(schema, locks.closedBy(id));
    }
    if (table.flag("view")) {
      return unreadable(
          schema,
          "Its schema_migrations is a view and no table: whose number it shows is not known.");
    }
    return table.flag("readable") ? version(schema, table.flag("guarded")) : forbidden(schema);
  }

  private SchemaTable absent(SchemaTables tables, List<String> path) throws SQLException {
    if (!tables.schemas().isEmpty()) {
      return SchemaTable.without(
          State.AMBIGUOUS,
          Optional.empty(),
          "Several schemas have a table schema_migrations (%s): name Coder's with search_path in the address."
              .formatted(String.join(", ", tables.schemas())));
    }
    Optional<String> foreign = tables.foreign(path);
    return foreign.isPresent()
        ? SchemaTable.without(
            State.FOREIGN,
            foreign,
            "The table schema_migrations in schema %s is another program's: it has other columns than Coder's."
                .formatted(foreign.get()))
        : nowhere();
  }

  private SchemaTable nowhere() throws SQLException {
    String question = Question.OTHER_TABLES.sql();
    Row others = connection.ask(ReadSettings.catalog(), question).get(0).get(0);
    int count = others.number("tables");
    return count == 0
        ? SchemaTable.without(
            State.MISSING, Optional.empty(), "The database is empty: it has no table at all.")
        : SchemaTable.without(
            State.FOREIGN,
            Optional.empty(),
            "There is no table schema_migrations among its %d (%s%s): not a Coder database."
                .formatted(count, others.text("names"), count > 3 ? ", …" : ""));
  }

  private SchemaTable version(String schema, boolean guarded) throws SQLException {
    try {
      List<Row> rows = ask(schema);
      // A reader that met a migration's TRUNCATE may see nothing once.
      rows = rows.isEmpty() ? ask(schema) : rows;
      if (guarded) {
        return rows.isEmpty() ? hidden(schema) : versionOf(schema, rows.get(0));
      }
      if (rows.size() > 1) {
        return several(schema, rows);
      }
      return rows.isEmpty() ? empty(schema) : versionOf(schema, rows.get(0));
    } catch (SQLException e) {
      if (Failures.breaksConnection(e)) {
        throw e;
      }
      return refused(schema, e);
    }
  }

  private List<Row> ask(String schema) throws SQLException {
    String question = Question.SCHEMA_VERSION.sql();
    return connection.ask(ReadSettings.tablesOf(schema), question).get(0);
  }

  private static SchemaTable empty(String schema) {
    return SchemaTable.without(
        State.EMPTY, Optional.of(schema), "The table has no row: no migration ever finished here.");
  }

  private SchemaTable hidden(String schema) {
    return unreadable(
        schema,
        "Row security of the table hides its rows from role %s, so whether it has one is not known: ask with the table's owner or a role with BYPASSRLS."
            .formatted(role));
  }

  private static SchemaTable several(String schema, List<Row> rows) {
    String some =
        rows.stream()
            .map(row -> row.text("version") + (row.flag("dirty") ? " dirty" : ""))
            .collect(Collectors.joining(", "));
    return SchemaTable.without(
        State.SEVERAL_ROWS,
        Optional.of(schema),
        "The table has more than one row (%s); Coder keeps one.".formatted(some));
  }

  private static SchemaTable unreadable(String schema, String why) {
    return SchemaTable.without(State.UNREADABLE, Optional.of(schema), why);
  }

  private static SchemaTable versionOf(String schema, Row row) {
    return row.text("version").matches("-?\\d{1,18}")
        ? SchemaTable.read(schema, row.bigNumber("version"), row.flag("dirty"))
        : SchemaTable.without(
            State.UNREADABLE, Optional.of(schema), "Its version is no number: not Coder's table.");
  }

  private SchemaTable refused(String schema, SQLException failure) {
    switch (Failures.state(failure)) {
      case Failures.LOCKED:
        return SchemaTable.locked(schema, Optional.empty());
      case Failures.NO_RIGHT:
        return forbidden(schema);
      case Failures.NO_TABLE:
        return SchemaTable.without(
            State.MISSING, Optional.empty(), "The table schema_migrations has just been dropped.");
      default:
        return SchemaTable.without(
            State.UNREADABLE,
            Optional.of(schema),
            "It could not be read (SQLSTATE %s).".formatted(Failures.state(failure)));
    }
  }

  private SchemaTable forbidden(String schema) {
    String owner = ReadSettings.quoted(role);
    return SchemaTable.without(
        State.UNREADABLE,
        Optional.of(schema),
        "Role %s may not read it: ask for GRANT USAGE ON SCHEMA %s TO %s; GRANT SELECT ON %s.schema_migrations TO %s;"
            .formatted(
                role, ReadSettings.quoted(schema), owner, ReadSettings.quoted(schema), owner));
  }
}
