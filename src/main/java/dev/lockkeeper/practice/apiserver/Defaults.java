package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The values that the server fills in where an object says nothing. */
final class Defaults {
  private Defaults() {}

  static void fill(Resource resource, ObjectNode object) {
    object.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
    dropEmptyMaps(Json.metadata(object));
    if (resource.equals(Resources.DEPLOYMENTS)) {
      deployment(Json.child(object, "spec"));
    } else if (resource.equals(Resources.REPLICASETS)) {
      absent(Json.child(object, "spec"), "replicas", 1);
      template(Json.child(object, "spec"));
    } else if (resource.equals(Resources.PODS)) {
      pod(Json.child(object, "spec"));
      absent(Json.child(object, "status"), "phase", "Pending");
    } else if (resource.equals(Resources.NAMESPACES)) {
      namespace(object);
    } else if (resource.equals(Resources.SERVICES)) {
      service(object);
    } else if (resource.equals(Resources.SECRETS)) {
      absent(object, "type", "Opaque");
      stringData(object);
    }
  }

  /** Kubernetes never shows a map of nothing. */
  private static void dropEmptyMaps(ObjectNode metadata) {
    for (String name : List.of("labels", "annotations")) {
      if (metadata.path(name).isObject() && metadata.path(name).isEmpty()) {
        metadata.remove(name);
      }
    }
  }

  private static void absent(ObjectNode node, String name, Object value) {
    if (!node.has(name)) {
      node.set(name, Json.MAPPER.valueToTree(value));
    }
  }

  private static void deployment(ObjectNode spec) {
    absent(spec, "replicas", 1);
    absent(spec, "progressDeadlineSeconds", 600);
    absent(spec, "revisionHistoryLimit", 10);
    ObjectNode strategy = Json.child(spec, "strategy");
    absent(strategy, "type", "RollingUpdate");
    if (strategy.get("type").asText().equals("RollingUpdate")) {
      ObjectNode rolling = Json.child(strategy, "rollingUpdate");
      absent(rolling, "maxSurge", "25%");
      absent(rolling, "maxUnavailable", "25%");
    }
    template(spec);
  }

  private static void template(ObjectNode spec) {
    ObjectNode template = Json.child(spec, "template");
    Json.metadata(template).putNull("creationTimestamp");
    pod(Json.child(template, "spec"));
  }

  private static void pod(ObjectNode spec) {
    absent(spec, "restartPolicy", "Always");
    absent(spec, "terminationGracePeriodSeconds", 30);
    absent(spec, "dnsPolicy", "ClusterFirst");
    absent(spec, "schedulerName", "default-scheduler");
    absent(spec, "securityContext", Json.object());
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        if (container instanceof ObjectNode object) {
          container(object);
        }
      }
    }
  }

  private static void container(ObjectNode container) {
    absent(container, "resources", Json.object());
    absent(container, "terminationMessagePath", "/dev/termination-log");
    absent(container, "terminationMessagePolicy", "File");
    String image = container.path("image").asText();
    boolean moving = image.endsWith(":latest") || !image.substring(slash(image)).contains(":");
    absent(container, "imagePullPolicy", moving ? "Always" : "IfNotPresent");
    Json.each(container.path("ports"))
        .forEach(port -> absent((ObjectNode) port, "protocol", "TCP"));
    for (String name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.get(name) instanceof ObjectNode probe) {
        probe(probe);
      }
    }
    for (JsonNode variable : container.path("env")) {
      if (variable.at("/valueFrom/fieldRef") instanceof ObjectNode field) {
        absent(field, "apiVersion", "v1");
      }
    }
  }

  private static int slash(String image) {
    return image.lastIndexOf('/') + 1;
  }

  private static void probe(ObjectNode probe) {
    absent(probe, "timeoutSeconds", 1);
    absent(probe, "periodSeconds", 10);
    absent(probe, "successThreshold", 1);
    absent(probe, "failureThreshold", 3);
    if (Json.number(probe, "/initialDelaySeconds", 1) == 0) {
      // Kubernetes does not write what is as good as nothing.
      probe.remove("initialDelaySeconds");
    }
    if (probe.get("httpGet") instanceof ObjectNode get) {
      absent(get, "path", "/");
      absent(get, "scheme", "HTTP");
    }
  }

  private static void namespace(ObjectNode object) {
    Json.child(Json.metadata(object), "labels")
        .put("kubernetes.io/metadata.name", Json.name(object));
    absent(Json.child(object, "spec"), "finalizers", List.of("kubernetes"));
    absent(Json.child(object, "status"), "phase", "Active");
  }

  private static void service(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    absent(spec, "type", "ClusterIP");
    absent(spec, "sessionAffinity", "None");
    int last = 1 + Math.floorMod(Json.name(object).hashCode(), 250);
    absent(spec, "clusterIP", "10.96.0." + last);
    for (JsonNode port : spec.path("ports")) {
      absent((ObjectNode) port, "protocol", "TCP");
      absent((ObjectNode) port, "targetPort", port.path("port"));
    }
    absent(object, "status", Json.object("loadBalancer", Json.object()));
  }

  /** Secrets may be written in clear text; they are kept in base64. */
  private static void stringData(ObjectNode secret) {
    JsonNode clear = secret.remove("stringData");
    if (clear != null) {
      ObjectNode data = Json.child(secret, "data");
      clear
          .properties()
          .forEach(field -> data.put(field.getKey(), Base64Text.encode(field.getValue().asText())));
    }
  }
}
