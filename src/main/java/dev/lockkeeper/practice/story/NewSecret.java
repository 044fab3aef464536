package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Somebody puts another password into the Secret, which is not that of the database, and restarts
 * the replicas.
 *
 * @param password the password
 */
public record NewSecret(@JsonProperty(value = "password", required = true) String password)
    implements ScenarioAction {

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
