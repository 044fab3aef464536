package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells clients what the server has: versions, groups, resources and their schemas' outlines. */
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> REVIEW_GROUPS =
      List.of("authorization.k8s.io/v1", "authentication.k8s.io/v1");

  private Discovery() {}

  /** The answer to a path that is not one of objects; empty when it is unknown. */
  static Optional<JsonNode> answer(String path) {
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return switch (plain) {
      case "/version" -> Optional.of(version());
      case "/api" -> Optional.of(Json.object("kind", "APIVersions", "versions", List.of("v1")));
      case "/apis" -> Optional.of(groups());
      case "/openapi/v3" -> Optional.of(openapi());
      default -> deeper(plain);
    };
  }

  private static Optional<JsonNode> deeper(String path) {
    if (path.startsWith("/openapi/v3/")) {
      return Optional.of(paths(path.replaceFirst("/openapi/v3/", "")));
    }
    Optional<ObjectNode> whole =
        groupVersions()
            .filter(version -> path.equals("/apis/" + version.replaceFirst("/.*", "")))
            .map(version -> group(version).put("kind", "APIGroup").put("apiVersion", "v1"))
            .findFirst();
    if (whole.isPresent()) {
      return whole.map(JsonNode.class::cast);
    }
    return groupVersions()
        .filter(version -> path.equals("/" + root(version)))
        .<JsonNode>map(Discovery::resources)
        .findFirst();
  }

  private static ObjectNode version() {
    return Json.object(
        "major", "1",
        "minor", "32",
        "gitVersion", "v1.32.5",
        "gitCommit", "practice",
        "gitTreeState", "clean",
        "buildDate", "2026-01-01T00:00:00Z",
        "goVersion", "go1.23.8",
        "compiler", "gc",
        "platform", "linux/amd64");
  }

  private static Stream<String> groupVersions() {
    Stream<String> stored = Resources.all().stream().map(Resource::apiVersion);
    return Stream.concat(stored, REVIEW_GROUPS.stream()).distinct();
  }

  private static String root(String groupVersion) {
    return (groupVersion.contains("/") ? "apis/" : "api/") + groupVersion;
  }

  private static ObjectNode groups() {
    ArrayNode groups = Json.MAPPER.createArrayNode();
    groupVersions().filter(one -> one.contains("/")).forEach(one -> groups.add(group(one)));
    return Json.object("kind", "APIGroupList", "apiVersion", "v1", "groups", groups);
  }

  private static ObjectNode group(String groupVersion) {
    String[] parts = groupVersion.split("/");
    ObjectNode version = Json.object("groupVersion", groupVersion, "version", parts[1]);
    return Json.object("name", parts[0], "versions", List.of(version), "preferredVersion", version);
  }

  private static ObjectNode resources(String groupVersion) {
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (Resource resource : Resources.all()) {
      if (resource.apiVersion().equals(groupVersion)) {
        list.add(resource(resource));
        subresources(resource).forEach(list::add);
      }
    }
    if (groupVersion.startsWith("authorization")) {
      list.add(review("selfsubjectaccessreviews", "SelfSubjectAccessReview"));
      list.add(review("selfsubjectrulesreviews", "SelfSubjectRulesReview"));
    } else if (groupVersion.startsWith("authentication")) {
      list.add(review("selfsubjectreviews", "SelfSubjectReview"));
    }
    return Json.object(
        "kind",
        "APIResourceList",
        "apiVersion",
        "v1",
        "groupVersion",
        groupVersion,
        "resources",
        list);
  }

  private static ObjectNode resource(Resource resource) {
    ObjectNode node =
        Json.object(
            "name", resource.plural(),
            "singularName", resource.singular(),
            "namespaced", resource.namespaced(),
            "kind", resource.kind(),
            "verbs", VERBS,
            "shortNames", resource.shortNames());
    if (List.of("pods", "services", "deployments", "replicasets", "statefulsets", "daemonsets")
        .contains(resource.plural())) {
      node.set("categories", Json.MAPPER.valueToTree(List.of("all")));
    }
    return node;
  }

  private static Stream<ObjectNode> subresources(Resource resource) {
    Stream.Builder<ObjectNode> all = Stream.builder();
    if (resource.has(Resource.Trait.STATUS)) {
      all.add(part(resource, "status", resource.kind(), "get", "patch", "update"));
    }
    if (resource.has(Resource.Trait.SCALE)) {
      ObjectNode scale = part(resource, "scale", "Scale", "get", "patch", "update");
      all.add(scale.put("group", "autoscaling").put("version", "v1"));
    }
    if (resource.equals(Resources.PODS)) {
      all.add(part(resource, "log", "Pod", "get"));
      all.add(part(resource, "proxy", "PodProxyOptions", "get"));
    }
    return all.build();
  }

  private static ObjectNode part(Resource resource, String name, String kind, String... verbs) {
    return Json.object(
        "name",
        resource.plural() + "/" + name,
        "singularName",
        "",
        "namespaced",
        resource.namespaced(),
        "kind",
        kind,
        "verbs",
        List.of(verbs));
  }

  private static ObjectNode review(String plural, String kind) {
    return Json.object(
        "name",
        plural,
        "singularName",
        "",
        "namespaced",
        false,
        "kind",
        kind,
        "verbs",
        List.of("create"));
  }

  private static ObjectNode openapi() {
    ObjectNode paths = Json.object();
    groupVersions()
        .forEach(
            one ->
                paths
                    .putObject(root(one))
                    .put("serverRelativeURL", "/openapi/v3/" + root(one) + "?hash=1"));
    return Json.object("paths", paths);
  }

  /** kubectl asks here only whether the server can validate fields, which it does itself. */
  private static ObjectNode paths(String root) {
    ObjectNode paths = Json.object();
    Resources.all().stream()
        .filter(resource -> resource.root().equals(root))
        .forEach(
            resource -> {
              String inside = resource.namespaced() ? "/namespaces/{namespace}/" : "/";
              String path = "/" + root + inside + resource.plural() + "/{name}";
              paths.set(path, Json.object("patch", patchOperation(resource)));
            });
    return Json.object(
        "openapi",
        "3.0.0",
        "info",
        Json.object("title", "Kubernetes", "version", "v1.32.5"),
        "paths",
        paths);
  }

  private static ObjectNode patchOperation(Resource resource) {
    return Json.object(
        "parameters",
        List.of(Json.object("name", "fieldValidation", "in", "query")),
        "responses",
        Json.object(),
        "x-kubernetes-group-version-kind",
        Json.object(
            "group", resource.group(), "version", resource.version(), "kind", resource.kind()));
  }
}
