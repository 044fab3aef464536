package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every request that the server got, as JSON lines: who did what, and how it was answered.
 *
 * @param file where the lines are
 */
public record RequestLog(Path file) {

  /**
   * One request.
   *
   * @param at when it was answered; for a watch, when it began
   * @param user who; {@code system:anonymous} without a known token
   * @param verb get, list, watch, create, update, patch, delete or deletecollection
   * @param method the HTTP method
   * @param path the path with its query
   * @param dryRun whether nothing was to be kept
   * @param code the HTTP status
   * @param body what was written; the bodies of Secrets are left out
   */
  public record Entry(
      Instant at,
      String user,
      String verb,
      String method,
      String path,
      boolean dryRun,
      int code,
      Optional<JsonNode> body) {
    /** Whether it changed something, or would have; to ask for one's rights leaves nothing. */
    public boolean writes() {
      return !List.of("get", "list", "watch").contains(verb) && !path.contains("/selfsubject");
    }
  }

  /** All requests so far, oldest first. */
  public List<Entry> entries() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(RequestLog::read).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The requests that changed something, or tried to; dry runs excepted. */
  public List<Entry> writes() {
    return entries().stream().filter(entry -> entry.writes() && !entry.dryRun()).toList();
  }

  /** The requests that were to be judged and not carried out. */
  public List<Entry> dryRuns() {
    return entries().stream().filter(entry -> entry.writes() && entry.dryRun()).toList();
  }

  /** The requests that changed something of this kind, or tried to; dry runs excepted. */
  public List<Entry> writesTo(Resource resource) {
    return writes().stream()
        .filter(entry -> entry.path().startsWith("/" + resource.root() + "/"))
        .filter(entry -> entry.path().contains("/" + resource.plural()))
        .toList();
  }

  synchronized void add(Entry entry) {
    ObjectNode line =
        Json.object(
            "at", entry.at().toString(),
            "user", entry.user(),
            "verb", entry.verb(),
            "method", entry.method(),
            "path", entry.path(),
            "dryRun", entry.dryRun(),
            "code", entry.code());
    entry.body().ifPresent(body -> line.set("body", body));
    try {
      Files.writeString(
          file,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Entry read(String line) {
    try {
      JsonNode json = Json.MAPPER.readTree(line);
      return new Entry(
          Instant.parse(json.get("at").asText()),
          json.get("user").asText(),
          json.get("verb").asText(),
          json.get("method").asText(),
          json.get("path").asText(),
          json.get("dryRun").asBoolean(),
          json.get("code").asInt(),
          Optional.ofNullable(json.get("body")));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
