package dev.lockkeeper.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.coder.CoderV1Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a chart would put into the cluster. Only the Deployment is looked into; of the other
 * objects, which may be Secrets, nothing is kept but their kinds.
 *
 * @param objects the objects that were rendered
 */
record Rendered(List<JsonNode> objects) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Reads what helm prints in a dry run: words of its own around documents of YAML. */
  static Rendered of(String printed) {
    return new Rendered(
        Stream.of(printed.split("(?m)^---\\s*$"))
            .map(Rendered::parsed)
            .filter(each -> each.path("kind").isTextual())
            .toList());
  }

  private static JsonNode parsed(String text) {
    try {
      JsonNode node = YAML.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      // The notes behind the last object are no YAML; what stands before them is.
      int notes = text.indexOf("\nNOTES:");
      return notes > 0 ? parsed(text.substring(0, notes)) : MissingNode.getInstance();
    }
  }

  /** What would be different at the Deployment. */
  Rehearsal judged(HelmRequest request) {
    if (!request.renders()) {
      return new Rehearsal(Rehearsal.Verdict.ACCEPTED, List.of("helm would uninstall it"));
    }
    Optional<JsonNode> deployment =
        objects.stream()
            .filter(each -> each.path("kind").asText().equals("Deployment"))
            .filter(each -> same(each.at("/metadata/name").asText(), request.seen().name()))
            .findFirst();
    if (deployment.isEmpty()) {
      return new Rehearsal(
          Rehearsal.Verdict.REFUSED,
          List.of(
              "the chart renders no deployment/%s: helm would remove it"
                  .formatted(request.seen().name())));
    }
    return new Rehearsal(Rehearsal.Verdict.ACCEPTED, lines(deployment.get(), request));
  }

  /** From 1.27 on the Deployment of Coder v1 has another name. */
  private static boolean same(String rendered, String seen) {
    return rendered.equals(seen)
        || seen.equals(CoderV1Chart.OLDER_NAME) && rendered.equals(CoderV1Chart.NAME);
  }

  private List<String> lines(JsonNode deployment, HelmRequest request) {
    List<String> lines = new ArrayList<>();
    JsonNode container = container(deployment);
    String image = container.path("image").asText();
    String name = deployment.at("/metadata/name").asText();
    if (!name.equals(request.seen().name())) {
      lines.add("deployment: %s → %s".formatted(request.seen().name(), name));
    }
    lines.add(
        "replicas: %d → %s"
            .formatted(request.seen().from(), deployment.at("/spec/replicas").asText("1")));
    lines.add(
        image.equals(request.seen().image())
            ? "image: stays " + image
            : "image: %s → %s".formatted(request.seen().image(), image));
    lines.add("livenessProbe: " + probe(container.path("livenessProbe")));
    JsonNode strategy = deployment.at("/spec/strategy/type");
    if (strategy.isTextual()) {
      lines.add("strategy: " + strategy.asText());
    }
    lines.add("objects of the chart: " + kinds());
    return lines;
  }

  private static JsonNode container(JsonNode deployment) {
    JsonNode all = deployment.at("/spec/template/spec/containers");
    for (JsonNode each : all) {
      if (each.path("name").asText().equals("coder")) {
        return each;
      }
    }
    return all.path(0);
  }

  private static String probe(JsonNode probe) {
    if (probe.isMissingNode() || probe.isNull()) {
      return "none";
    }
    JsonNode path = probe.at("/httpGet/path");
    return path.isTextual()
        ? "GET %s, %s failures every %s s%s"
            .formatted(
                path.asText(),
                probe.path("failureThreshold").asText("3"),
                probe.path("periodSeconds").asText("10"),
                delay(probe.path("initialDelaySeconds").asInt(0)))
        : "as in the chart";
  }

  private static String delay(int seconds) {
    return seconds > 0 ? ", the first one after %d s".formatted(seconds) : "";
  }

  private String kinds() {
    return objects.stream()
        .collect(
            Collectors.groupingBy(
                each -> each.path("kind").asText(), TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(each -> each.getValue() == 1 ? each.getKey() : each.getValue() + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }
}
