package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Write;

/**
 * A controller that keeps the Deployment at what its repository says, zero or not. It takes a few
 * seconds to see a difference.
 *
 * @param replicas the replica count in the repository
 * @param by who it is, as managedFields names it
 */
public record Reconciling(
    @JsonProperty(value = "replicas", required = true) int replicas,
    @JsonProperty(value = "by", required = true) String by)
    implements Deed {
  private static final double SECONDS = 5;

  @Override
  public void act(Stage stage) throws InterruptedException {
    while (true) {
      stage.pass(SECONDS);
      if (Json.number(stage.deployment(), "/spec/replicas", 1) != replicas) {
        stage.changeDeployment(
            Write.by(by), deployment -> Json.child(deployment, "spec").put("replicas", replicas));
      }
    }
  }
}
