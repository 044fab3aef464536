package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request for objects, taken apart.
 *
 * @param method the HTTP method
 * @param apiVersion such as {@code apps/v1}
 * @param access what it would do
 * @param rest the path after the subresource, for a proxy; with its leading slash
 * @param query the query parameters, decoded
 * @param headers what the client said about itself and about the body
 * @param body what it sent
 */
record Call(
    String method,
    String apiVersion,
    Access access,
    String rest,
    Map<String, String> query,
    Headers headers,
    byte[] body) {

  /** The headers that matter. Each is empty when it was not sent. */
  record Headers(String accept, String contentType, String userAgent, String upgrade) {}

  /** Takes a path apart; empty when it does not name objects. */
  static Optional<Call> parse(
      String method, String path, Map<String, String> query, Headers headers, byte[] body) {
    List<String> parts = Arrays.asList(path.substring(1).split("/", -1));
    boolean core = parts.get(0).equals("api");
    int start = core ? 2 : 3;
    boolean api = core || parts.get(0).equals("apis");
    if (!api || parts.size() <= start || parts.get(start).isEmpty()) {
      return Optional.empty();
    }
    String group = core ? "" : parts.get(1);
    String apiVersion = core ? parts.get(1) : group + "/" + parts.get(2);
    boolean inside =
        parts.get(start).equals("namespaces")
            && parts.size() > start + 2
            && !List.of("status", "finalize").contains(parts.get(start + 2));
    String namespace = inside ? parts.get(start + 1) : "";
    List<String> names = parts.subList(inside ? start + 2 : start, parts.size());
    String plural = names.get(0);
    String name = names.size() > 1 ? names.get(1) : "";
    String subresource = names.size() > 2 ? names.get(2) : "";
    List<String> deeper = names.subList(Math.min(3, names.size()), names.size());
    String rest = deeper.isEmpty() ? "" : "/" + String.join("/", deeper);
    Optional<String> selected = selectedName(name, group, apiVersion, plural, query);
    String scope = plural.equals("namespaces") && group.isEmpty() ? name : namespace;
    Access access =
        new Access(
            verb(method, name, query), group, plural, subresource, scope, selected.orElse(name));
    return Optional.of(new Call(method, apiVersion, access, rest, query, headers, body));
  }

  /** A list or watch of one name is one of that object, as far as permission goes. */
  private static Optional<String> selectedName(
      String name, String group, String apiVersion, String plural, Map<String, String> query) {
    String selector = query.getOrDefault("fieldSelector", "");
    if (!name.isEmpty() || selector.isEmpty()) {
      return Optional.empty();
    }
    String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    return Resources.find(group, version, plural)
        .flatMap(resource -> FieldSelector.parse(resource, selector).name());
  }

  private static String verb(String method, String name, Map<String, String> query) {
    return switch (method) {
      case "GET", "HEAD" -> isTrue(query, "watch") ? "watch" : name.isEmpty() ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
      default -> throw Failure.methodNotAllowed();
    };
  }

  private static boolean isTrue(Map<String, String> query, String name) {
    return List.of("true", "1").contains(query.getOrDefault(name, ""));
  }

  /** A query parameter, or the empty text. */
  String query(String name) {
    return query.getOrDefault(name, "");
  }

  /** Whether a query parameter says true. */
  boolean asks(String name) {
    return isTrue(query, name);
  }

  /** A query parameter that is a whole number; fails with 400 when it is something else. */
  OptionalInt number(String name) {
    try {
      return query(name).isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(query(name)));
    } catch (NumberFormatException bad) {
      throw Failure.badRequest("invalid value for " + name + ": " + query(name));
    }
  }

  /** The resource; fails with 404 when the server has none of that name. */
  Resource resource() {
    String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    return Resources.find(access.group(), version, access.plural())
        .orElseThrow(Failure::unknownPath);
  }

  /** The namespace of the object; empty for objects of the cluster. */
  String namespace() {
    return resource().namespaced() ? access.namespace() : "";
  }

  /** The object that is meant. */
  Key key() {
    return new Key(resource(), namespace(), access.name());
  }

  /** A deletion says it in its body, everything else in the query. */
  boolean dryRun() {
    return query("dryRun").equals("All")
        || access.verb().startsWith("delete") && options().at("/dryRun/0").asText().equals("All");
  }

  private ObjectNode options() {
    try {
      return body.length == 0 ? Json.object() : Body.read(this);
    } catch (Failure unreadable) {
      return Json.object();
    }
  }

  /** How this request writes. */
  Write write() {
    boolean apply = headers.contentType().startsWith("application/apply-patch");
    String agent = headers.userAgent().split("/", 2)[0];
    String manager = query("fieldManager").isEmpty() ? agent : query("fieldManager");
    String part = access.subresource();
    String name = manager.isEmpty() ? "unknown" : manager;
    return new Write(name, apply ? "Apply" : "Update", part, dryRun(), Optional.empty());
  }

  /** Whether everything is to be left out but what the objects have in common. */
  boolean wantsMetadata() {
    return headers.accept().startsWith("application/json;as=PartialObjectMetadata;");
  }

  boolean wantsTable() {
    return headers.accept().contains("as=Table");
  }
}
