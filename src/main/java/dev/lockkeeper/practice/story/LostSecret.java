package dev.lockkeeper.practice.story;

/** Somebody deletes the Secret with the database's URL: what runs has it, what starts does not. */
public record LostSecret() implements ScenarioAction {
  @Override
  public void act(ScenarioContext stage) {
    stage.removeSecret();
  }
}
