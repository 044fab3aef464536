package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.practice.apiserver.Json;

/**
 * How many pods a rolling update may have at once.
 *
 * @param replicas how many are wanted
 * @param maxSurge how many more there may be meanwhile
 * @param maxUnavailable how many of the wanted ones may be missing meanwhile
 */
record RollingUpdate(int replicas, int maxSurge, int maxUnavailable) {

  /** Reads a Deployment. A surge rounds up, unavailability down, and both are never zero. */
  static RollingUpdate of(JsonNode deployment) {
    int replicas = Json.number(deployment, "/spec/replicas", 1);
    if (Json.text(deployment, "/spec/strategy/type").equals("Recreate")) {
      return new RollingUpdate(replicas, 0, 0);
    }
    JsonNode rolling = deployment.at("/spec/strategy/rollingUpdate");
    int surge = share(rolling.path("maxSurge"), replicas, true);
    int unavailable = share(rolling.path("maxUnavailable"), replicas, false);
    if (surge == 0 && unavailable == 0) {
      unavailable = 1;
    }
    return new RollingUpdate(replicas, surge, Math.min(unavailable, replicas));
  }

  private static int share(JsonNode value, int replicas, boolean up) {
    if (value.isInt()) {
      return value.asInt();
    }
    String text = value.asText("25%");
    double exact = replicas * Integer.parseInt(text.replace("%", "")) / 100.0;
    return (int) (up ? Math.ceil(exact) : Math.floor(exact));
  }

  /** The most pods there may be. */
  int most() {
    return replicas == 0 ? 0 : replicas + maxSurge;
  }

  /** The fewest pods that must be available. */
  int fewestAvailable() {
    return replicas - maxUnavailable;
  }

  /** The size that the new ReplicaSet may grow to now. */
  int newSize(int currentSize, int allPods) {
    if (allPods >= replicas + maxSurge) {
      return currentSize;
    }
    return currentSize + Math.min(replicas + maxSurge - allPods, replicas - currentSize);
  }

  /**
   * How many old pods may go, whether they are healthy or not.
   *
   * @param newUnavailable pods of the new ReplicaSet that are not available
   */
  int removable(int allPods, int newUnavailable) {
    return Math.max(0, allPods - fewestAvailable() - newUnavailable);
  }
}
