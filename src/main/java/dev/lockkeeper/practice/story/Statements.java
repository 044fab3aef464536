package dev.lockkeeper.practice.story;

import dev.lockkeeper.parsing.YamlNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The database's administrator runs statements, each by itself, and leaves.
 *
 * @param in the database; Coder's when it is left out
 * @param statements what is run
 */
public record Statements(Optional<String> in, List<String> statements) implements ScenarioAction {

  public Statements {
    statements = List.copyOf(statements);
  }

  static Statements of(YamlNode node) {
    node.only(Set.of("in", "statements"));
    return new Statements(node.optional("in").map(YamlNode::text), node.texts("statements"));
  }

  @Override
  public void act(ScenarioContext stage) throws SQLException {
    try (Connection administrator = in.isEmpty() ? stage.inside() : stage.superuser(in.get());
        Statement statement = administrator.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }
}
