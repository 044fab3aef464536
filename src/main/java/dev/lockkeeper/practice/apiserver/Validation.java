package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Refuses objects that Kubernetes would refuse: the mistakes that are made by hand. */
final class Validation {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final String RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character";

  private Validation() {}

  static void check(Key key, ObjectNode object, Optional<ObjectNode> before) {
    if (key.name().isEmpty()) {
      throw Failure.invalid(key, "metadata.name: Required value: name or generateName is required");
    }
    if (!NAME.matcher(key.name()).matches()) {
      throw Failure.invalid(
          key, "metadata.name: Invalid value: \"%s\": %s".formatted(key.name(), RULE));
    }
    if (Set.of(Resources.DEPLOYMENTS, Resources.REPLICASETS).contains(key.resource())) {
      workload(key, object, before);
    } else if (key.resource().equals(Resources.PODS)) {
      containers(key, object.at("/spec/containers"), "spec.containers");
    }
  }

  /**
   * Refuses what may not be changed, before defaults are filled in: a Service that is replaced by
   * one without an address would get another. (Since 1.20 a server keeps the old one by itself.)
   */
  static void checkReplaced(Key key, JsonNode object, JsonNode before) {
    String address = Json.text(before, "/spec/clusterIP");
    String wanted = Json.text(object, "/spec/clusterIP");
    if (key.resource().equals(Resources.SERVICES) && !wanted.equals(address)) {
      throw Failure.invalid(
          key, "spec.clusterIP: Invalid value: \"%s\": field is immutable".formatted(wanted));
    }
  }

  private static void workload(Key key, ObjectNode object, Optional<ObjectNode> before) {
    JsonNode replicas = object.at("/spec/replicas");
    if (!replicas.isInt()) {
      throw Failure.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: json: cannot unmarshal %s into Go"
                  .formatted(
                      key.resource().kind(),
                      key.resource().version(),
                      key.resource().kind(),
                      replicas.getNodeType().toString().toLowerCase(Locale.ROOT))
              + " struct field .spec.replicas of type int32");
    }
    if (replicas.asInt() < 0) {
      throw Failure.invalid(
          key,
          "spec.replicas: Invalid value: %d: must be greater than or equal to 0"
              .formatted(replicas.asInt()));
    }
    selector(key, object, before);
    containers(key, object.at("/spec/template/spec/containers"), "spec.template.spec.containers");
  }

  private static void selector(Key key, ObjectNode object, Optional<ObjectNode> before) {
    JsonNode selector = object.at("/spec/selector");
    if (selector.isEmpty()) {
      throw Failure.invalid(key, "spec.selector: Required value");
    }
    boolean moved = before.filter(old -> !old.at("/spec/selector").equals(selector)).isPresent();
    if (moved) {
      throw Failure.invalid(
          key, "spec.selector: Invalid value: %s: field is immutable".formatted(selector));
    }
    if (!LabelSelector.of(selector).matches(object.at("/spec/template"))) {
      throw Failure.invalid(
          key,
          "spec.template.metadata.labels: Invalid value: %s: `selector` does not match template"
                  .formatted(object.at("/spec/template/metadata/labels"))
              + " `labels`");
    }
  }

  private static void containers(Key key, JsonNode containers, String path) {
    if (containers.isEmpty()) {
      throw Failure.invalid(key, path + ": Required value");
    }
    for (int i = 0; i < containers.size(); i++) {
      for (String field : new String[] {"name", "image"}) {
        if (containers.get(i).path(field).asText().isEmpty()) {
          throw Failure.invalid(key, "%s[%d].%s: Required value".formatted(path, i, field));
        }
      }
      probes(key, containers.get(i), "%s[%d]".formatted(path, i));
    }
  }

  private static void probes(Key key, JsonNode container, String path) {
    for (String name : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      JsonNode probe = container.path(name);
      long ways = Stream.of("httpGet", "tcpSocket", "exec", "grpc").filter(probe::has).count();
      if (!probe.isMissingNode() && ways == 0) {
        throw Failure.invalid(
            key, "%s.%s: Required value: must specify a handler type".formatted(path, name));
      }
      if (ways > 1) {
        throw Failure.invalid(
            key,
            "%s.%s.tcpSocket: Forbidden: may not specify more than 1 handler type"
                .formatted(path, name));
      }
    }
  }
}
