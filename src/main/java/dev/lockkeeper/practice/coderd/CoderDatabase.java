package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.practice.server.Content;
import dev.lockkeeper.practice.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Coder's database: what is in it, and how it is entered. */
public final class CoderDatabase {
  /** The schema that a database has to begin with; migrations lead on from there. */
  public static final int FIRST_SCHEMA = 362;

  private static final String NAME = "coder";
  private static final List<String> MADE_OF =
      List.of("schema.sql", "content.sql", "constraints.sql");

  /** A small sample does for estimates. */
  private static final List<String> ESTIMATES =
      List.of("SET LOCAL default_statistics_target = 10", "ANALYZE");

  private CoderDatabase() {}

  /** A server with Coder's role and its database, in which nothing is. */
  public static Content empty() {
    return new Content(List.of("empty"), (server, progress) -> create(server));
  }

  /** The same with a company's worth of rows at the lowest schema that is known. */
  public static Content filled() {
    List<String> texts = MADE_OF.stream().map(TextFiles::text).toList();
    return new Content(texts, CoderDatabase::createFilled);
  }

  private static void create(PostgresServer server) throws SQLException {
    try (Connection superuser = server.superuser("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("CREATE ROLE " + NAME + " LOGIN");
      statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
    }
  }

  private static void createFilled(PostgresServer server, Consumer<String> progress)
      throws SQLException {
    create(server);
    List<String> steps = new ArrayList<>();
    steps.add("SET ROLE " + NAME);
    MADE_OF.forEach(text -> steps.addAll(TextFiles.statements(text)));
    steps.addAll(ESTIMATES);
    try (Connection owner = server.superuser(NAME)) {
      run(owner, steps, progress);
    }
  }

  /**
   * Lets Coder's role in.
   *
   * @param server a server with one of the contents
   * @return where the database is, with the role's login
   */
  public static DatabaseAddress open(PostgresServer server) throws SQLException {
    String password = PostgresServer.secret();
    try (Connection superuser = server.superuser("postgres");
        Statement statement = superuser.createStatement()) {
      // The password is ours: 32 hexadecimal digits.
      statement.execute("ALTER ROLE " + NAME + " PASSWORD '" + password + "'");
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
   * Brings a filled database to a schema and into the present: who is at work, and what is on its
   * way.
   *
   * @param schema the schema that it has reached, 362 or higher
   * @param progress takes short lines about what is going on
   */
  public static void begin(
      PostgresServer server, DatabaseAddress database, int schema, Consumer<String> progress)
      throws SQLException {
    List<String> steps = new ArrayList<>();
    for (Migration migration : Migration.all()) {
      if (migration.version() <= schema) {
        steps.add(migration.sql());
        steps.add("UPDATE schema_migrations SET version = " + migration.version());
      }
    }
    if (!steps.isEmpty()) {
      steps.addAll(ESTIMATES);
    }
    steps.addAll(TextFiles.statements("present.sql"));
    try (Connection owner =
        server.session(database.database(), database.user(), database.password())) {
      run(owner, steps, progress);
    }
  }

  private static void run(Connection owner, List<String> steps, Consumer<String> progress)
      throws SQLException {
    owner.setAutoCommit(false);
    try (Statement statement = owner.createStatement()) {
      for (int done = 0; done < steps.size(); done++) {
        progress.accept("filling the database " + done * 100 / steps.size() + "%");
        statement.execute(steps.get(done));
      }
    }
    owner.commit();
  }
}
