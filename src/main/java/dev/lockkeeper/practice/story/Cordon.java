package dev.lockkeeper.practice.story;

/** Somebody cordons all nodes: what runs there stays, and nothing new is put on them. */
public record Cordon() implements ScenarioAction {
  @Override
  public void act(ScenarioContext stage) {
    stage.cordon();
  }
}
