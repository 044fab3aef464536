package dev.lockkeeper.practice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.parsing.YamlNode;
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
import java.util.Optional;
import java.util.Set;

/**
 * What was installed with the chart of Coder, as a release of Helm. What is left out in a scenario
 * is as in a plain installation of 2.26.6.
 *
 * @param chart the chart's version
 * @param earlier the chart's versions that were installed before it, the earliest first
 * @param status what became of the installation; {@code deployed} as a rule
 * @param helm whether Helm did it; otherwise there is no record of a release
 * @param values what the values say besides what every practice world's say
 * @param byHand what was done to the Deployment besides
 * @param works whether all replicas can become Ready before the story begins
 */
public record Installed(
    String chart,
    List<String> earlier,
    Status status,
    boolean helm,
    ObjectNode values,
    ByHand byHand,
    boolean works) {
  private static final Set<String> WORDS =
      Set.of(
          "chart",
          "earlier",
          "status",
          "helm",
          "values",
          "replicas",
          "liveness",
          "works",
          "labels",
          "annotations");

  static final String NAMESPACE = "coder";

  /** Where the Deployment finds the URL of its database. */
  static final String SECRET = "coder-db-url";

  static final String SECRET_KEY = "url";

  private static final String VERSION = "2.26.6";
  private static final Duration AGE = Duration.ofDays(41);

  public Installed {
    earlier = List.copyOf(earlier);
    values = values.deepCopy();
  }

  /**
   * What was done to the Deployment besides what the chart says.
   *
   * @param replicas how many replicas there are; what the values say when it is empty
   * @param liveness whether there is a liveness probe; otherwise it was taken out
   * @param labels its labels besides those of the chart
   * @param annotations its annotations besides those of Helm
   */
  public record ByHand(
      Optional<Integer> replicas,
      boolean liveness,
      Map<String, String> labels,
      Map<String, String> annotations) {
    static final ByHand NOTHING = new ByHand(Optional.empty(), true, Map.of(), Map.of());

    public ByHand {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }

    private void to(ObjectNode deployment) {
      labels.forEach(Json.child(Json.metadata(deployment), "labels")::put);
      if (!annotations.isEmpty()) {
        annotations.forEach(Json.child(Json.metadata(deployment), "annotations")::put);
      }
      ObjectNode spec = Json.child(deployment, "spec");
      replicas.ifPresent(count -> spec.put("replicas", count));
      if (!liveness) {
        ((ObjectNode) spec.at("/template/spec/containers/0")).remove("livenessProbe");
      }
    }
  }

  static Installed usual() {
    return new Installed(
        VERSION, List.of(), Status.DEPLOYED, true, Json.object(), ByHand.NOTHING, true);
  }

  /** What a scenario says of it. */
  static Installed of(YamlNode node) {
    node.only(WORDS);
    Installed usual = usual();
    return new Installed(
        node.optional("chart").map(YamlNode::text).orElse(usual.chart),
        node.items("earlier").map(YamlNode::text).toList(),
        node.optional("status").map(word -> word.word(Status.values())).orElse(usual.status),
        node.optional("helm").map(YamlNode::flag).orElse(usual.helm),
        node.optional("values").map(Json::of).orElse(usual.values),
        new ByHand(
            node.optional("replicas").map(count -> (int) count.number()),
            node.optional("liveness").map(YamlNode::flag).orElse(true),
            node.map("labels", YamlNode::text),
            node.map("annotations", YamlNode::text)),
        node.optional("works").map(YamlNode::flag).orElse(usual.works));
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
        byHand.to(object);
      }
      objects.add(object);
    }
    return objects;
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
