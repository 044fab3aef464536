package dev.lockkeeper.practice.story;

/** Somebody cordons all nodes: what runs there stays, and nothing new is put on them. */
public record Cordon() implements Deed {
  @Override
  public void act(Stage stage) {
    stage.cordon();
  }
}
