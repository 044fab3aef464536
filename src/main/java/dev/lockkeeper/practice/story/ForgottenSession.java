package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Another tool begins a transaction, does something in it, and sits there idle until it is ended or
 * the world is.
 *
 * @param application the tool, by its {@code application_name}
 * @param role its role, which is made unless it is there
 * @param statements what it does in the transaction
 */
public record ForgottenSession(
    @JsonProperty(value = "application", required = true) String application,
    @JsonProperty(value = "role", required = true) String role,
    @JsonProperty(value = "statements", required = true) List<String> statements)
    implements ScenarioAction {

  public ForgottenSession {
    statements = List.copyOf(statements);
  }

  @Override
  public void act(ScenarioContext stage) throws SQLException {
    Connection session = stage.session(role, application);
    session.setAutoCommit(false);
    try (Statement statement = session.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }
}
