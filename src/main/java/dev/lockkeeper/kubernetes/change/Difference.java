package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.MemoryRequest;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiException;
import dev.lockkeeper.kubernetes.api.Json;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** In what an object differs from the one that was seen when the request was made. */
final class Difference {
  static final String ANOTHER = "it was deleted and created again (another uid)";
  private static final JsonNode NONE = MissingNode.getInstance();

  private Difference() {}

  /** Compares with a Scale. */
  static Optional<String> of(ScaleRequest request, JsonNode scale) {
    int replicas = scale.path("spec").path("replicas").asInt(0);
    if (!request.uid().equals(uid(scale))) {
      return Optional.of(ANOTHER);
    }
    return replicas == request.from()
        ? Optional.empty()
        : Optional.of("replicas is %d, not %d".formatted(replicas, request.from()));
  }

  /**
   * Compares with a Deployment, or with none.
   *
   * @param answer the Deployment, or that there is none
   */
  static Optional<String> of(HelmRequest.Seen seen, Answer answer) {
    if (seen.uid().isEmpty()) {
      return answer.ok() ? Optional.of("there was none, and now there is") : Optional.empty();
    }
    if (!answer.ok()) {
      return Optional.of("it is gone");
    }
    return seen.uid().equals(uid(answer.json()))
        ? generation(answer.json(), seen.generation())
        : Optional.of(ANOTHER);
  }

  /** Compares with a Deployment. */
  static Optional<String> of(ImageRequest request, JsonNode deployment) {
    if (!request.uid().equals(uid(deployment))) {
      return Optional.of(ANOTHER);
    }
    Optional<JsonNode> container = container(deployment, request.container());
    if (container.isEmpty()) {
      return Optional.of("it has no container named " + request.container());
    }
    String image = container.get().path("image").asText();
    if (!image.equals(request.from())) {
      return Optional.of("the image is %s, not %s".formatted(image, request.from()));
    }
    return generation(deployment, request.generation());
  }

  /** Compares with a Deployment. */
  static Optional<String> of(ProbeRequest request, JsonNode deployment) {
    if (!request.uid().equals(uid(deployment))) {
      return Optional.of(ANOTHER);
    }
    if (container(deployment, request.container()).isEmpty()) {
      return Optional.of("it has no container named " + request.container());
    }
    JsonNode present = probe(deployment, request.container()).orElse(NONE);
    JsonNode wanted = request.from().map(Json::parsed).orElse(NONE);
    return sameProbe(present, wanted)
        ? generation(deployment, request.generation())
        : Optional.of(other(reread(present), reread(wanted)));
  }

  /** Compares with a Deployment. */
  static Optional<String> of(MemoryRequest request, JsonNode deployment) {
    if (!request.uid().equals(uid(deployment))) {
      return Optional.of(ANOTHER);
    }
    Optional<JsonNode> container = container(deployment, request.container());
    if (container.isEmpty()) {
      return Optional.of("it has no container named " + request.container());
    }
    String limit = container.get().at(ObjectPatch.MEMORY).asText("none");
    return limit.equals(request.from())
        ? generation(deployment, request.generation())
        : Optional.of("the memory limit is %s, not %s".formatted(limit, request.from()));
  }

  /** Two whole probes would fill the screen, and nobody finds the difference at a glance. */
  private static String other(JsonNode present, JsonNode seen) {
    if (present.isMissingNode()) {
      return "there is no liveness probe any more";
    }
    if (seen.isMissingNode()) {
      return "there is a liveness probe now: " + present;
    }
    Set<String> fields = new TreeSet<>();
    present.fieldNames().forEachRemaining(fields::add);
    seen.fieldNames().forEachRemaining(fields::add);
    return fields.stream()
        .filter(field -> !present.path(field).equals(seen.path(field)))
        .map(
            field ->
                "%s is %s, not %s".formatted(field, spoken(present, field), spoken(seen, field)))
        .collect(Collectors.joining(", ", "the liveness probe's ", ""));
  }

  private static String spoken(JsonNode probe, String field) {
    return probe.has(field) ? probe.get(field).toString() : "left out";
  }

  private static Optional<String> generation(JsonNode deployment, long seen) {
    long generation = deployment.path("metadata").path("generation").asLong();
    return generation == seen
        ? Optional.empty()
        : Optional.of(
            "its specification was changed (generation %d, not %d)".formatted(generation, seen));
  }

  /** The liveness probe of this container, exactly as the server has it. */
  static Optional<JsonNode> probe(JsonNode deployment, String container) {
    return container(deployment, container)
        .map(one -> one.get("livenessProbe"))
        .filter(JsonNode::isObject);
  }

  /**
   * Whether both say the same. What comes from a snapshot has been through the library's own class
   * of probes, which knows neither order nor the difference of absent and empty lists.
   */
  static boolean sameProbe(JsonNode one, JsonNode other) {
    return one.equals(other) || reread(one).equals(reread(other));
  }

  private static JsonNode reread(JsonNode probe) {
    try {
      return probe.isMissingNode() ? probe : Json.MAPPER.valueToTree(Json.read(probe, Probe.class));
    } catch (ApiException e) {
      return probe;
    }
  }

  /** The container of this name in the Deployment's template. */
  static Optional<JsonNode> container(JsonNode deployment, String name) {
    int index = index(deployment, name);
    return index < 0 ? Optional.empty() : Optional.of(containers(deployment).path(index));
  }

  /** Its place in the list, or -1. */
  static int index(JsonNode deployment, String name) {
    JsonNode containers = containers(deployment);
    for (int i = 0; i < containers.size(); i++) {
      if (containers.path(i).path("name").asText().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Where the container stands, as a JSON pointer. */
  static String pointer(JsonNode deployment, String container) {
    return "/spec/template/spec/containers/" + index(deployment, container);
  }

  private static JsonNode containers(JsonNode deployment) {
    return deployment.path("spec").path("template").path("spec").path("containers");
  }

  private static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asText();
  }
}
