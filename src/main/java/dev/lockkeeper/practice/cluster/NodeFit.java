package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a pod may be put on a node, and why not, in the scheduler's words.
 *
 * @param spec the pod's specification
 */
record NodeFit(JsonNode spec) {
  /**
   * What keeps the pod from this node; empty when nothing does.
   *
   * @param others the specifications of the pods that are on it
   */
  Optional<String> hindrance(JsonNode node, List<JsonNode> others) {
    if (node.at("/spec/unschedulable").asBoolean()) {
      return Optional.of("node(s) were unschedulable");
    }
    Optional<String> taint =
        Json.each(node.at("/spec/taints"))
            .filter(each -> !each.path("effect").asText().equals("PreferNoSchedule"))
            .filter(each -> !tolerated(each))
            .map(
                each ->
                    "node(s) had untolerated taint {%s: %s}"
                        .formatted(each.path("key").asText(), each.path("value").asText()))
            .findFirst();
    return taint.or(() -> selected(node)).or(() -> room(node, others));
  }

  private boolean tolerated(JsonNode taint) {
    return Json.each(spec.path("tolerations"))
        .anyMatch(
            each ->
                (each.path("key").asText().isEmpty()
                        || each.path("key").asText().equals(taint.path("key").asText()))
                    && (each.path("operator").asText().equals("Exists")
                        || each.path("value").asText().equals(taint.path("value").asText()))
                    && (each.path("effect").asText().isEmpty()
                        || each.path("effect").asText().equals(taint.path("effect").asText())));
  }

  private Optional<String> selected(JsonNode node) {
    JsonNode labels = node.at("/metadata/labels");
    boolean matches =
        spec.path("nodeSelector").properties().stream()
            .allMatch(each -> labels.path(each.getKey()).equals(each.getValue()));
    return matches
        ? Optional.empty()
        : Optional.of("node(s) didn't match Pod's node affinity/selector");
  }

  private Optional<String> room(JsonNode node, List<JsonNode> others) {
    Map<String, BigDecimal> used = new HashMap<>();
    others.forEach(
        each ->
            Quantities.requests(each)
                .forEach((what, amount) -> used.merge(what, amount, BigDecimal::add)));
    List<String> lacking = new ArrayList<>();
    Quantities.requests(spec)
        .forEach(
            (what, amount) -> {
              BigDecimal all = Quantities.of(node.at("/status/allocatable").path(what));
              if (used.getOrDefault(what, BigDecimal.ZERO).add(amount).compareTo(all) > 0) {
                lacking.add("Insufficient " + what);
              }
            });
    return lacking.stream().sorted().reduce((one, other) -> one + ", " + other);
  }

  /** What is told of all nodes together. */
  static String told(List<String> hindrances) {
    Map<String, Long> counts =
        hindrances.stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
    String reasons =
        counts.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    int nodes = hindrances.size();
    return nodes == 0
        ? "no nodes available to schedule pods"
        : "0/%d nodes are available: %s. preemption: 0/%d nodes are available: %d Preemption is not helpful for scheduling."
            .formatted(nodes, reasons, nodes, nodes);
  }
}
