package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Base64Text;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resource;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's environment, with all references resolved. */
final class Environment {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

  private final Store store;
  private final ObjectNode pod;
  private final String address;
  private final Map<String, String> values = new LinkedHashMap<>();

  private Environment(Store store, ObjectNode pod, String address) {
    this.store = store;
    this.pod = pod;
    this.address = address;
  }

  /** Something that the environment refers to is not there. */
  static final class Missing extends RuntimeException {
    Missing(String what) {
      super(what, null, false, false);
    }
  }

  /**
   * Resolves it.
   *
   * @throws Missing when a Secret, a ConfigMap or a key is not there and not optional
   */
  static Map<String, String> of(Store store, ObjectNode pod, String address, JsonNode container) {
    Environment environment = new Environment(store, pod, address);
    container.path("envFrom").forEach(environment::addAll);
    container.path("env").forEach(environment::add);
    return environment.values;
  }

  private void addAll(JsonNode source) {
    String prefix = source.path("prefix").asText();
    boolean secret = source.has("secretRef");
    JsonNode reference = source.path(secret ? "secretRef" : "configMapRef");
    find(secret ? Resources.SECRETS : Resources.CONFIGMAPS, reference)
        .ifPresent(
            object ->
                object
                    .path("data")
                    .properties()
                    .forEach(
                        entry ->
                            values.put(prefix + entry.getKey(), text(secret, entry.getValue()))));
  }

  private void add(JsonNode variable) {
    String name = variable.path("name").asText();
    JsonNode from = variable.path("valueFrom");
    if (from.has("secretKeyRef")) {
      key(Resources.SECRETS, from.get("secretKeyRef")).ifPresent(value -> values.put(name, value));
    } else if (from.has("configMapKeyRef")) {
      key(Resources.CONFIGMAPS, from.get("configMapKeyRef"))
          .ifPresent(value -> values.put(name, value));
    } else if (from.has("fieldRef")) {
      values.put(name, field(Json.text(from, "/fieldRef/fieldPath")));
    } else {
      values.put(name, expand(variable.path("value").asText()));
    }
  }

  private String field(String path) {
    return switch (path) {
      case "status.podIP" -> address;
      case "status.hostIP" -> Json.text(pod, "/status/hostIP");
      default -> Json.text(pod, "/" + path.replace('.', '/'));
    };
  }

  /** {@code $(NAME)} means a variable that was set before; unknown ones stay as they are. */
  private String expand(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
  }

  private Optional<String> key(Resource resource, JsonNode reference) {
    String key = reference.path("key").asText();
    Optional<ObjectNode> object = find(resource, reference);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    JsonNode value = object.get().path("data").path(key);
    if (value.isMissingNode() && !reference.path("optional").asBoolean()) {
      throw new Missing(
          "couldn't find key %s in %s %s/%s"
              .formatted(
                  key, resource.kind(), Json.namespace(pod), reference.path("name").asText()));
    }
    return value.isMissingNode()
        ? Optional.empty()
        : Optional.of(text(resource.equals(Resources.SECRETS), value));
  }

  private Optional<ObjectNode> find(Resource resource, JsonNode reference) {
    String name = reference.path("name").asText();
    Optional<ObjectNode> found = store.find(new Key(resource, Json.namespace(pod), name));
    if (found.isEmpty() && !reference.path("optional").asBoolean()) {
      throw new Missing("%s \"%s\" not found".formatted(resource.singular(), name));
    }
    return found;
  }

  private static String text(boolean secret, JsonNode value) {
    return secret ? Base64Text.decode(value.asText()) : value.asText();
  }
}
