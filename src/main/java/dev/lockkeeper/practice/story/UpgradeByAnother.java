package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.parsing.YamlNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Write;
import dev.lockkeeper.practice.charts.Chart;
import dev.lockkeeper.practice.charts.ReleaseRecord;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody runs {@code helm upgrade}, or a rollback, and lets old and new replicas overlap.
 *
 * @param chart the chart's version
 * @param tag the tag of the image in the values; that of the chart when it is empty
 * @param replicas the replica count in the values; the one that is there when it is empty
 */
public record UpgradeByAnother(String chart, String tag, Optional<Integer> replicas)
    implements ScenarioAction {

  static UpgradeByAnother of(YamlNode node) {
    node.only(Set.of("chart", "tag", "replicas"));
    return new UpgradeByAnother(
        node.text("chart"),
        node.optional("tag").map(YamlNode::text).orElse(""),
        node.optional("replicas").map(count -> (int) count.number()));
  }

  private static void label(ObjectNode metadata, String chart) {
    Json.child(metadata, "labels")
        .put("app.kubernetes.io/version", chart)
        .put("helm.sh/chart", "coder-" + chart);
  }

  @Override
  public void act(ScenarioContext stage) {
    ReleaseRecord before = stage.releases().latest().orElseThrow();
    ObjectNode given = (ObjectNode) Json.merged(before.given(), overrides());
    stage.releases().add(before.upgraded(Chart.of(chart), given, stage.now()));
    String image = Chart.of(chart).image(given);
    stage.changeDeployment(
        Write.by("helm"),
        deployment -> {
          label(Json.metadata(deployment), chart);
          ObjectNode spec = Json.child(deployment, "spec");
          replicas.ifPresent(count -> spec.put("replicas", count));
          ObjectNode template = Json.child(spec, "template");
          label(Json.metadata(template), chart);
          ((ObjectNode) template.at("/spec/containers/0")).put("image", image);
        });
  }

  /** What {@code --set} says. */
  private ObjectNode overrides() {
    ObjectNode coder = Json.object();
    replicas.ifPresent(count -> coder.put("replicaCount", count));
    if (!tag.isEmpty()) {
      coder.set("image", Json.object("tag", tag));
    }
    return Json.object("coder", coder);
  }
}
