package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A probe as a pod's specification has it; times in seconds.
 *
 * @param url what it asks for; empty for a probe by command, which always succeeds here
 * @param headers what it sends along
 */
record Probe(
    Optional<String> url,
    Map<String, String> headers,
    int initialDelay,
    int period,
    int timeout,
    int successThreshold,
    int failureThreshold) {
  Probe {
    headers = Map.copyOf(headers);
  }

  /** Reads a container's probe of a kind, such as {@code livenessProbe}, if it has one. */
  static Optional<Probe> of(JsonNode container, String kind, String address) {
    JsonNode probe = container.path(kind);
    if (!probe.isObject()) {
      return Optional.empty();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    probe
        .at("/httpGet/httpHeaders")
        .forEach(one -> headers.put(one.path("name").asText(), one.path("value").asText()));
    return Optional.of(
        new Probe(
            url(container, probe, address),
            headers,
            Json.number(probe, "/initialDelaySeconds", 0),
            Json.number(probe, "/periodSeconds", 10),
            Json.number(probe, "/timeoutSeconds", 1),
            Json.number(probe, "/successThreshold", 1),
            Json.number(probe, "/failureThreshold", 3)));
  }

  private static Optional<String> url(JsonNode container, JsonNode probe, String address) {
    JsonNode get = probe.path("httpGet");
    if (!get.isObject()) {
      return Optional.empty();
    }
    String path = get.path("path").asText("/");
    String slash = path.startsWith("/") ? "" : "/";
    return Optional.of("http://" + address + ":" + port(container, get) + slash + path);
  }

  /** A port may be named; the container's list of ports has its number. */
  private static String port(JsonNode container, JsonNode get) {
    String port = get.path("port").asText();
    return Json.each(container.path("ports"))
        .filter(one -> one.path("name").asText().equals(port))
        .map(one -> one.path("containerPort").asText())
        .findFirst()
        .orElse(port);
  }
}
