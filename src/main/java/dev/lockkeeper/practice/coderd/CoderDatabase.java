package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.practice.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes Coder's database on a fresh server and fills it. */
public final class CoderDatabase {
  /** The schema that a database has to begin with; migrations lead on from there. */
  public static final int FIRST_SCHEMA = 362;

  private static final String NAME = "coder";

  private CoderDatabase() {}

  /**
   * Creates the role and the empty database {@code coder}.
   *
   * @param server a fresh server
   * @return where the database is, with the role's login
   */
  public static DatabaseAddress create(PostgresServer server) throws SQLException {
    String password = PostgresServer.secret();
    try (Connection superuser = server.superuser("postgres");
        Statement statement = superuser.createStatement()) {
      // The password is ours: 32 hexadecimal digits.
      statement.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + password + "'");
      statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
    }
    return new DatabaseAddress("127.0.0.1", server.port(), NAME, NAME, password);
  }

  /**
   * Creates another role that may enter the database.
   *
   * @return where the database is, with that role's login
   */
  public static DatabaseAddress role(
      PostgresServer server, DatabaseAddress database, DatabaseRole role) throws SQLException {
    String password = PostgresServer.secret();
    try (Connection superuser = server.superuser("postgres");
        Statement statement = superuser.createStatement()) {
      // Names come from our own files.
      statement.execute("CREATE ROLE " + role.name() + " LOGIN PASSWORD '" + password + "'");
      for (String grant : role.grants()) {
        statement.execute("GRANT " + grant + " TO " + role.name());
      }
    }
    return new DatabaseAddress(
        database.host(), database.port(), database.database(), role.name(), password);
  }

  /** The numbers of the migrations that can be run here. */
  public static List<Integer> migrations() {
    return Migration.all().stream().map(Migration::version).toList();
  }

  /**
   * Fills the database with a company's worth of rows.
   *
   * @param schema the schema that the database has reached, 362 or higher
   * @param progress takes short lines about what is going on
   */
  public static void fill(
      PostgresServer server, DatabaseAddress database, int schema, Consumer<String> progress)
      throws SQLException {
    try (Connection owner =
        server.session(database.database(), database.user(), database.password())) {
      fill(owner, schema, progress);
    }
  }

  private static void fill(Connection owner, int schema, Consumer<String> progress)
      throws SQLException {
    owner.setAutoCommit(false);
    List<String> steps = new ArrayList<>();
    steps.addAll(TextFiles.statements("schema.sql"));
    steps.addAll(TextFiles.statements("content.sql"));
    steps.addAll(TextFiles.statements("constraints.sql"));
    for (Migration migration : Migration.all()) {
      if (migration.version() <= schema) {
        steps.add(migration.sql());
        steps.add("UPDATE schema_migrations SET version = " + migration.version());
      }
    }
    // A small sample does for estimates.
    steps.add("SET LOCAL default_statistics_target = 10");
    steps.add("ANALYZE");
    try (Statement statement = owner.createStatement()) {
      for (int done = 0; done < steps.size(); done++) {
        progress.accept("filling the database " + done * 100 / steps.size() + "%");
        statement.execute(steps.get(done));
      }
    }
    owner.commit();
  }
}
