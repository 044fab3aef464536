package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A Deployment and its ReplicaSets, as they are at one moment.
 *
 * @param deployment the Deployment
 * @param current the ReplicaSet of the present template, if it has been made
 * @param old the other ones, oldest first
 */
record Rollout(ObjectNode deployment, Optional<ObjectNode> current, List<ObjectNode> old) {
  static final String HASH = "pod-template-hash";
  static final String REPLICA_FAILURE = "ReplicaFailure";
  static final String REVISION = "/metadata/annotations/deployment.kubernetes.io~1revision";
  private static final Comparator<JsonNode> OLDEST_FIRST =
      Comparator.<JsonNode, String>comparing(set -> Json.text(set, "/metadata/creationTimestamp"))
          .thenComparing(Rollout::revision)
          .thenComparing(Json::name);

  Rollout {
    old = List.copyOf(old);
  }

  static Rollout of(ObjectNode deployment, List<ObjectNode> owned) {
    List<ObjectNode> sorted = owned.stream().sorted(OLDEST_FIRST).toList();
    Optional<ObjectNode> current =
        sorted.stream().filter(set -> sameTemplate(deployment, set)).findFirst();
    List<ObjectNode> old =
        sorted.stream().filter(set -> current.filter(set::equals).isEmpty()).toList();
    return new Rollout(deployment, current, old);
  }

  private static boolean sameTemplate(JsonNode deployment, JsonNode set) {
    JsonNode template = set.at("/spec/template").deepCopy();
    if (template.at("/metadata/labels") instanceof ObjectNode labels) {
      labels.remove(HASH);
    }
    return template.equals(deployment.at("/spec/template"));
  }

  static int revision(JsonNode object) {
    return object.at(REVISION).asInt(0);
  }

  static int wanted(JsonNode set) {
    return Json.number(set, "/spec/replicas", 0);
  }

  static int available(JsonNode set) {
    return Json.number(set, "/status/availableReplicas", 0);
  }

  /** All ReplicaSets, oldest first, the present one last. */
  List<ObjectNode> all() {
    List<ObjectNode> all = new ArrayList<>(old);
    current.ifPresent(all::add);
    return all;
  }

  /** The ReplicaSets that want pods. */
  List<ObjectNode> active() {
    return all().stream().filter(set -> wanted(set) > 0).toList();
  }

  int allPods() {
    return all().stream().mapToInt(Rollout::wanted).sum();
  }

  int oldPods() {
    return old.stream().mapToInt(Rollout::wanted).sum();
  }

  int allAvailable() {
    return all().stream().mapToInt(Rollout::available).sum();
  }

  /** A sum over all ReplicaSets' status. */
  int total(String field) {
    return all().stream().mapToInt(set -> Json.number(set, "/status/" + field, 0)).sum();
  }

  /** A number of the present ReplicaSet's status. */
  int fresh(String field) {
    return current.map(set -> Json.number(set, "/status/" + field, 0)).orElse(0);
  }
}
