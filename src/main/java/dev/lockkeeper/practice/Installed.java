package dev.lockkeeper.practice;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.charts.Chart;
import dev.lockkeeper.practice.charts.ReleaseHistory;
import dev.lockkeeper.practice.charts.ReleaseRecord;
import dev.lockkeeper.practice.charts.ReleaseRecord.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was installed with the chart of Coder, as a release of Helm. What is left out in the file is
 * as in a plain installation of 2.26.6.
 *
 * @param chart the chart's version
 * @param earlier the chart's versions that were installed before it, the earliest first
 * @param status what became of the installation; {@code deployed} when it is left out
 * @param helm whether Helm did it; otherwise there is no record of a release
 * @param values what the values say besides what every practice world's say
 * @param replicas how many replicas there are; what the values say when it is left out
 * @param liveness whether there is a liveness probe; otherwise it was taken out by hand
 * @param works whether all replicas can become Ready before the story begins
 * @param labels labels of the Deployment besides those of the chart
 * @param annotations its annotations besides those of Helm
 */
public record Installed(
    @JsonProperty("chart") String chart,
    @JsonProperty("earlier") List<String> earlier,
    @JsonProperty("status") Status status,
    @JsonProperty("helm") Boolean helm,
    @JsonProperty("values") ObjectNode values,
    @JsonProperty("replicas") Integer replicas,
    @JsonProperty("liveness") Boolean liveness,
    @JsonProperty("works") Boolean works,
    @JsonProperty("labels") Map<String, String> labels,
    @JsonProperty("annotations") Map<String, String> annotations) {
  static final String NAMESPACE = "coder";

  /** Where the Deployment finds the URL of its database. */
  static final String SECRET = "coder-db-url";

  static final String SECRET_KEY = "url";

  private static final String VERSION = "2.26.6";
  private static final Duration AGE = Duration.ofDays(41);

  public Installed {
    chart = chart == null ? VERSION : chart;
    earlier = earlier == null ? List.of() : List.copyOf(earlier);
    status = status == null ? Status.DEPLOYED : status;
    helm = helm == null || helm;
    values = values == null ? Json.object() : values.deepCopy();
    liveness = liveness == null || liveness;
    works = works == null || works;
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
  }

  static Installed usual() {
    return new Installed(null, null, null, null, null, null, null, null, null, null);
  }

  /** The values that were given to Helm. */
  private ObjectNode given() {
    return (ObjectNode) Json.merged(PracticeValues.of(Chart.of(chart)), values);
  }

  /** The name of Coder's Deployment. */
  String deployment() {
    return Chart.of(chart).deployment(given());
  }

  /** The objects that are there. */
  List<ObjectNode> objects() {
    List<ObjectNode> objects = new ArrayList<>();
    for (ObjectNode object : Chart.of(chart).objects(given())) {
      Json.metadata(object).put("namespace", NAMESPACE);
      if (helm) {
        ReleaseRecord.own(object, NAMESPACE);
      }
      if (Json.text(object, "/kind").equals("Deployment")) {
        byHand(object);
      }
      objects.add(object);
    }
    return objects;
  }

  /** What was done to the Deployment besides what the chart says. */
  private void byHand(ObjectNode deployment) {
    labels.forEach(Json.child(Json.metadata(deployment), "labels")::put);
    if (!annotations.isEmpty()) {
      annotations.forEach(Json.child(Json.metadata(deployment), "annotations")::put);
    }
    ObjectNode spec = Json.child(deployment, "spec");
    if (replicas != null) {
      spec.put("replicas", replicas);
    }
    if (!liveness) {
      ((ObjectNode) spec.at("/template/spec/containers/0")).remove("livenessProbe");
    }
  }

  /** Writes what Helm has kept of how it came to this. */
  void record(ReleaseHistory history, Instant now) {
    if (!helm) {
      return;
    }
    List<String> charts = new ArrayList<>(earlier);
    charts.add(chart);
    Instant first = now.minus(AGE.multipliedBy(charts.size()));
    for (int i = 0; i < charts.size(); i++) {
      boolean last = i == charts.size() - 1;
      String done = i == 0 ? "Install complete" : "Upgrade complete";
      history.add(
          new ReleaseRecord(
              NAMESPACE,
              i + 1,
              last ? status : Status.DEPLOYED,
              last && status == Status.PENDING_UPGRADE ? "Preparing upgrade" : done,
              Chart.of(charts.get(i)),
              given(),
              first,
              first.plus(AGE.multipliedBy(i))));
    }
  }
}
