package dev.lockkeeper.practice.story;

import dev.lockkeeper.parsing.YamlNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/**
 * Another tool begins a transaction, does something in it, and sits there idle until it is ended or
 * the world is.
 *
 * @param application the tool, by its {@code application_name}
 * @param role its role, which is made unless it is there
 * @param statements what it does in the transaction
 */
public record ForgottenSession(String application, String role, List<String> statements)
    implements ScenarioAction {

  public ForgottenSession {
    statements = List.copyOf(statements);
  }

  static ForgottenSession of(YamlNode node) {
    node.only(Set.of("application", "role", "statements"));
    return new ForgottenSession(
        node.text("application"), node.text("role"), node.texts("statements"));
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
