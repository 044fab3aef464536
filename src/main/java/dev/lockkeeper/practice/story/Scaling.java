package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Write;

/**
 * Somebody else scales the Deployment.
 *
 * @param replicas to how many
 * @param by who it is, as managedFields names them
 */
public record Scaling(
    @JsonProperty(value = "replicas", required = true) int replicas, @JsonProperty("by") String by)
    implements Deed {

  public Scaling {
    by = by == null ? "kubectl" : by;
  }

  @Override
  public void act(Stage stage) {
    stage.changeDeployment(
        Write.by(by), deployment -> Json.child(deployment, "spec").put("replicas", replicas));
  }
}
