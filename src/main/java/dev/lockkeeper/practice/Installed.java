package dev.lockkeeper.practice;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.story.Release;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was installed with the chart of Coder. What is left out in the file is as in a plain
 * installation of 2.26.6.
 *
 * @param chart the chart's version, which its labels show
 * @param image the image with its tag
 * @param replicas how many replicas
 * @param liveness whether there is a liveness probe
 * @param works whether all replicas can become Ready before the story begins
 * @param labels labels of the Deployment besides those of the chart
 * @param annotations its annotations besides those of Helm
 */
public record Installed(
    @JsonProperty("chart") String chart,
    @JsonProperty("image") String image,
    @JsonProperty("replicas") Integer replicas,
    @JsonProperty("liveness") Boolean liveness,
    @JsonProperty("works") Boolean works,
    @JsonProperty("labels") Map<String, String> labels,
    @JsonProperty("annotations") Map<String, String> annotations) {
  static final String NAMESPACE = "coder";
  static final String DEPLOYMENT = "coder";

  /** Where the Deployment finds the URL of its database. */
  static final String SECRET = "coder-db-url";

  static final String SECRET_KEY = "url";

  private static final String VERSION = "2.26.6";
  private static final int REPLICAS = 3;

  public Installed {
    chart = chart == null ? VERSION : chart;
    image = image == null ? "ghcr.io/coder/coder:v" + chart : image;
    replicas = replicas == null ? REPLICAS : replicas;
    liveness = liveness == null || liveness;
    works = works == null || works;
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
  }

  static Installed usual() {
    return new Installed(null, null, null, null, null, null, null);
  }

  /** The objects of the chart; a Namespace comes before what is in it. */
  List<ObjectNode> objects() throws IOException {
    List<ObjectNode> objects = new ArrayList<>();
    try (InputStream file = Installed.class.getResourceAsStream("chart.yaml")) {
      for (JsonNode object : new YAMLMapper().readTree(file).path("objects")) {
        objects.add(laidOver((ObjectNode) object));
      }
    }
    return objects;
  }

  private ObjectNode laidOver(ObjectNode object) {
    if (Json.metadata(object).has("labels")) {
      Release.label(Json.metadata(object), chart);
    }
    if (Json.text(object, "/kind").equals("Deployment")) {
      deployment(object);
    }
    return object;
  }

  private void deployment(ObjectNode deployment) {
    labels.forEach(Json.child(Json.metadata(deployment), "labels")::put);
    annotations.forEach(Json.child(Json.metadata(deployment), "annotations")::put);
    ObjectNode spec = Json.child(deployment, "spec");
    spec.put("replicas", replicas);
    ObjectNode template = Json.child(spec, "template");
    Release.label(Json.metadata(template), chart);
    ObjectNode container = (ObjectNode) template.at("/spec/containers/0");
    container.put("image", image);
    if (!liveness) {
      container.remove("livenessProbe");
    }
  }
}
