package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A request that the server refuses, with the Status object that Kubernetes would answer. */
public final class Failure extends RuntimeException {
  private final int code;
  private final String reason;

  Failure(int code, String reason, String message) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** Kubernetes' one word for it, such as {@code Conflict}. */
  public String reason() {
    return reason;
  }

  /** The Status object that a client gets. */
  ObjectNode status() {
    return Json.object(
        "kind",
        "Status",
        "apiVersion",
        "v1",
        "metadata",
        Json.object(),
        "status",
        "Failure",
        "message",
        getMessage(),
        "reason",
        reason,
        "code",
        code);
  }

  static Failure notFound(Key key) {
    String message = "%s \"%s\" not found".formatted(key.resource().qualified(), key.name());
    return new Failure(404, "NotFound", message);
  }

  static Failure unknownPath() {
    return new Failure(404, "NotFound", "the server could not find the requested resource");
  }

  static Failure exists(Key key) {
    String message = "%s \"%s\" already exists".formatted(key.resource().qualified(), key.name());
    return new Failure(409, "AlreadyExists", message);
  }

  static Failure modified(Key key) {
    return conflict(
        key,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static Failure conflict(Key key, String why) {
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(key.resource().qualified(), key.name(), why);
    return new Failure(409, "Conflict", message);
  }

  /** What is applied on the server's side, and others have said otherwise. */
  static Failure applyConflict(List<String> conflicts) {
    String message =
        conflicts.size() == 1
            ? "Apply failed with 1 conflict: " + conflicts.get(0)
            : "Apply failed with %d conflicts: %s"
                .formatted(conflicts.size(), String.join("\n", conflicts));
    return new Failure(409, "Conflict", message);
  }

  static Failure invalid(Key key, String why) {
    Resource resource = key.resource();
    String group = resource.group().isEmpty() ? "" : "." + resource.group();
    String message =
        "%s%s \"%s\" is invalid: %s".formatted(resource.kind(), group, key.name(), why);
    return new Failure(422, "Invalid", message);
  }

  static Failure unsupportedMediaType() {
    return new Failure(
        415, "UnsupportedMediaType", "the body of the request was in an unknown format");
  }

  static Failure badPatch(String why) {
    String message = "the server rejected our request due to an error in our request: " + why;
    return new Failure(422, "Invalid", message);
  }

  static Failure badRequest(String message) {
    return new Failure(400, "BadRequest", message);
  }

  static Failure expired(long wanted, long oldest) {
    String message = "too old resource version: %d (%d)".formatted(wanted, oldest);
    return new Failure(410, "Expired", message);
  }

  static Failure methodNotAllowed() {
    String message = "the server does not allow this method on the requested resource";
    return new Failure(405, "MethodNotAllowed", message);
  }
}
