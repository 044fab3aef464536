package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Write;

/**
 * Somebody runs {@code helm upgrade}, or a rollback, and lets old and new replicas overlap.
 *
 * @param chart the chart's version
 * @param image the image; that of the chart when it is left out
 * @param replicas the replica count in the values; the one that is there when it is left out
 */
public record Release(
    @JsonProperty(value = "chart", required = true) String chart,
    @JsonProperty("image") String image,
    @JsonProperty("replicas") Integer replicas)
    implements Deed {

  public Release {
    image = image == null ? "ghcr.io/coder/coder:v" + chart : image;
  }

  /** Writes the labels by which the chart's version is told. */
  public static void label(ObjectNode metadata, String chart) {
    Json.child(metadata, "labels")
        .put("app.kubernetes.io/version", chart)
        .put("helm.sh/chart", "coder-" + chart);
  }

  @Override
  public void act(Stage stage) {
    stage.changeDeployment(
        Write.by("helm"),
        deployment -> {
          label(Json.metadata(deployment), chart);
          ObjectNode spec = Json.child(deployment, "spec");
          if (replicas != null) {
            spec.put("replicas", replicas);
          }
          ObjectNode template = Json.child(spec, "template");
          label(Json.metadata(template), chart);
          ((ObjectNode) template.at("/spec/containers/0")).put("image", image);
        });
  }
}
