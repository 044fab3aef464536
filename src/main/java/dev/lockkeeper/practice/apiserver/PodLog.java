package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Serves {@code pods/log}.
 *
 * @param incarnation the log that is read
 * @param call which part of it
 * @param now what the cluster's clock says
 */
record PodLog(Logs.Incarnation incarnation, Call call, Instant now) {

  /** Finds the log that a request means; fails as Kubernetes does when there is none. */
  static PodLog find(Store store, Logs logs, Call call) {
    ObjectNode pod = store.get(call.key());
    List<String> names =
        Stream.of("/spec/containers", "/spec/initContainers")
            .flatMap(pointer -> Json.each(pod.at(pointer)))
            .map(one -> one.path("name").asText())
            .toList();
    String name = call.query("container").isEmpty() ? names.get(0) : call.query("container");
    if (!names.contains(name)) {
      throw Failure.badRequest(
          "container %s is not valid for pod %s".formatted(name, Json.name(pod)));
    }
    boolean previous = call.asks("previous");
    Logs.Incarnation found =
        logs.find(Json.uid(pod), name, previous).orElseThrow(() -> absent(pod, name, previous));
    return new PodLog(found, call, store.now());
  }

  private static Failure absent(JsonNode pod, String container, boolean previous) {
    if (previous) {
      return Failure.badRequest(
          "previous terminated container \"%s\" in pod \"%s\" not found"
              .formatted(container, Json.name(pod)));
    }
    String why =
        Json.each(pod.at("/status/containerStatuses"))
            .filter(one -> one.path("name").asText().equals(container))
            .map(one -> Json.text(one, "/state/waiting/reason"))
            .findFirst()
            .orElse("ContainerCreating");
    return Failure.badRequest(
        "container \"%s\" in pod \"%s\" is waiting to start: %s"
            .formatted(container, Json.name(pod), why));
  }

  /** Writes the wanted lines; with {@code follow}, until the container has ended. */
  void write(OutputStream out) throws IOException, InterruptedException {
    int place = first();
    List<Logs.Line> lines = incarnation.from(place);
    write(out, lines);
    place = incarnation.size() < place ? place : place + lines.size();
    while (call.asks("follow") && !(lines = incarnation.await(place)).isEmpty()) {
      write(out, lines);
      place += lines.size();
    }
  }

  private int first() {
    int all = incarnation.size();
    int tail = call.number("tailLines").orElse(all);
    return Math.max(0, all - Math.max(0, tail));
  }

  private void write(OutputStream out, List<Logs.Line> lines) throws IOException {
    Instant since = since();
    StringBuilder text = new StringBuilder();
    for (Logs.Line line : lines) {
      if (!line.at().isBefore(since)) {
        text.append(call.asks("timestamps") ? line.at() + " " : "")
            .append(line.text())
            .append('\n');
      }
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private Instant since() {
    if (!call.query("sinceTime").isEmpty()) {
      return Instant.parse(call.query("sinceTime"));
    }
    return call.number("sinceSeconds").isPresent()
        ? now.minusSeconds(call.number("sinceSeconds").getAsInt())
        : Instant.EPOCH;
  }
}
