package dev.lockkeeper.practice.story;

import dev.lockkeeper.parsing.YamlNode;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Something that somebody does to a world, or that befalls it. */
public interface ScenarioAction {
  /** Each of them by its word: how it is read of what a scenario says of it. */
  Map<String, Function<YamlNode, ScenarioAction>> WORDS =
      Map.of(
          "upgrade", UpgradeByAnother::of,
          "autoscale", Autoscaling::of,
          "keep-replicas", Reconciling::of,
          "replace-password", NewSecret::of,
          "remove-secret", node -> plain(node, new LostSecret()),
          "cordon", node -> plain(node, new Cordon()),
          "sql", Statements::of,
          "forget-session", ForgottenSession::of,
          "migrator", MigratorsEnd::of);

  /** What a scenario says is done: {@code {cordon: {}}}. */
  static ScenarioAction of(YamlNode node) {
    node.only(WORDS.keySet());
    Map.Entry<String, YamlNode> entry = node.single();
    return WORDS.get(entry.getKey()).apply(entry.getValue());
  }

  private static ScenarioAction plain(YamlNode node, ScenarioAction action) {
    node.only(Set.of());
    return action;
  }

  /**
   * Does it.
   *
   * @param stage where
   * @throws SQLException when the database refuses
   * @throws InterruptedException when the world ends meanwhile
   */
  void act(ScenarioContext stage) throws SQLException, InterruptedException;
}
