package dev.lockkeeper.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.snapshot.Masked;
import java.time.Instant;
import java.util.Optional;

/**
 * What the API server answered, whatever it is.
 *
 * @param code the HTTP status
 * @param body the body as text
 * @param date the server's clock when it answered, to the second, if it said so
 */
public record Answer(int code, String body, Optional<Instant> date) {
  public Answer(int code, String body) {
    this(code, body, Optional.empty());
  }

  public boolean ok() {
    return code >= 200 && code < 300;
  }

  /** The server does not let us: not logged in, or not allowed to. */
  public boolean refused() {
    return code == 401 || code == 403;
  }

  /** The body as JSON; a missing node when it is none. */
  public JsonNode json() {
    return Json.parsed(body);
  }

  /** Whether it went well and this is a list, with nothing in it or more. */
  public boolean isList() {
    return ok() && json().path("items").isArray();
  }

  /** Whether the API server itself said no, rather than something on the way to it. */
  public boolean isStatus() {
    return json().path("kind").asText().equals("Status");
  }

  /** The server's own words, in one line of at most 300 characters; empty if it has none. */
  public String message() {
    String message = isStatus() ? json().path("message").asText() : "";
    // A webhook may quote the request, and what is long enough to be cut is cut beforehand as well.
    String begun = message.length() > 4000 ? message.substring(0, 4000) : message;
    String line = Masked.of(begun.replaceAll("\\s+", " ").strip()).text();
    return line.length() > 300 ? line.substring(0, 300) : line;
  }

  /** What the server answered, in a sentence. */
  public String said() {
    String message = message();
    return "the API server answered %d%s".formatted(code, message.isEmpty() ? "" : ": " + message);
  }
}
