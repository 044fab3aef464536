package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The database's administrator runs statements, each by itself, and leaves.
 *
 * @param in the database; Coder's when it is left out
 * @param statements what is run
 */
public record Statements(
    @JsonProperty("in") String in,
    @JsonProperty(value = "statements", required = true) List<String> statements)
    implements ScenarioAction {

  public Statements {
    statements = List.copyOf(statements);
  }

  @Override
  public void act(ScenarioContext stage) throws SQLException {
    try (Connection administrator = in == null ? stage.inside() : stage.superuser(in);
        Statement statement = administrator.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }
}
