package dev.lockkeeper.practice.story;

import dev.lockkeeper.parsing.YamlNode;
import java.util.Set;

/**
 * Somebody puts another password into the Secret, which is not that of the database, and restarts
 * the replicas.
 *
 * @param password the password
 */
public record NewSecret(String password) implements ScenarioAction {

  static NewSecret of(YamlNode node) {
    return new NewSecret(node.only(Set.of("password")).text("password"));
  }

  @Override
  public void act(ScenarioContext stage) {
    stage.replacePassword(password);
    stage.restart();
  }

  /** Even a wrong password is none to be shown. */
  @Override
  public String toString() {
    return "NewSecret";
  }
}
