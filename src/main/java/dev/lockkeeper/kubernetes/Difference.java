package dev.lockkeeper.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.ScaleRequest;
import java.util.Optional;

/** In what an object differs from the one that was seen when the request was made. */
final class Difference {
  private static final String ANOTHER = "it was deleted and made anew (another uid)";

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
    long generation = deployment.path("metadata").path("generation").asLong();
    return generation == request.generation()
        ? Optional.empty()
        : Optional.of(
            "its specification was changed (generation %d, not %d)"
                .formatted(generation, request.generation()));
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

  private static JsonNode containers(JsonNode deployment) {
    return deployment.path("spec").path("template").path("spec").path("containers");
  }

  private static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asText();
  }
}
