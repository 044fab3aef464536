package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One client's watch: a line of JSON for each change that concerns it, until its time is over.
 *
 * @param store what is watched
 * @param call what the client wants to see
 * @param wanted which objects it chose
 */
record Watch(Store store, Call call, Predicate<ObjectNode> wanted) {
  private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(50);

  static Watch of(Store store, Call call) {
    Predicate<ObjectNode> chosen = Objects.wanted(call);
    String namespace = call.namespace();
    return new Watch(
        store,
        call,
        object ->
            chosen.test(object)
                && (namespace.isEmpty() || namespace.equals(Json.namespace(object))));
  }

  /** Where a line goes. */
  interface Sink {
    void line(byte[] json) throws IOException;
  }

  /** Writes lines to a stream, each at once. */
  static Sink to(OutputStream out) {
    return json -> {
      out.write(json);
      out.write('\n');
      out.flush();
    };
  }

  /** Goes on until the client's timeout, or until it is gone. */
  void run(Sink sink) throws IOException, InterruptedException {
    try (Feed feed = open(sink)) {
      Instant end = Instant.now().plusSeconds(call.number("timeoutSeconds").orElse(3600));
      while (Instant.now().isBefore(end)) {
        Duration left = Duration.between(Instant.now(), end);
        Duration wait = left.compareTo(BOOKMARK_EVERY) < 0 ? left : BOOKMARK_EVERY;
        Optional<Change> change = feed.next(wait);
        if (change.isPresent()) {
          tell(sink, change.get());
        } else if (call.asks("allowWatchBookmarks")) {
          bookmark(sink, store.version(), false);
        }
      }
    } catch (Failure tooOld) {
      send(sink, "ERROR", tooOld.status());
    }
  }

  /** Sends what is there already, if that is wanted, and follows from the same version on. */
  private Feed open(Sink sink) throws IOException {
    String version = call.query("resourceVersion");
    boolean initial = call.asks("sendInitialEvents");
    boolean fromNow = version.isEmpty() || version.equals("0") || initial;
    if (!fromNow) {
      return store.watch(number(version));
    }
    Listing now;
    Feed feed;
    synchronized (store) {
      now = store.list(call.resource(), call.namespace(), wanted);
      feed = store.watch(now.version());
    }
    for (ObjectNode object : now.items()) {
      send(sink, "ADDED", shown(object));
    }
    if (initial) {
      bookmark(sink, now.version(), true);
    }
    return feed;
  }

  private static long number(String version) {
    try {
      return Long.parseLong(version);
    } catch (NumberFormatException bad) {
      throw Failure.badRequest("invalid resource version: " + version);
    }
  }

  /** An object that comes to fit the selectors is added, one that ceases to is deleted. */
  private void tell(Sink sink, Change change) throws IOException {
    if (!change.resource().equals(call.resource())) {
      return;
    }
    boolean after = change.type() != Change.Type.DELETED && wanted.test(change.object());
    boolean before = change.before().filter(wanted).isPresent();
    if (after) {
      send(sink, before ? "MODIFIED" : "ADDED", shown(change.object()));
    } else if (before) {
      send(sink, "DELETED", shown(change.object()));
    }
  }

  private JsonNode shown(ObjectNode object) {
    return call.wantsTable() ? Table.of(call, List.of(object), store.now()) : object;
  }

  private void bookmark(Sink sink, long version, boolean initialEnd) throws IOException {
    ObjectNode metadata = Json.object("resourceVersion", Long.toString(version));
    if (initialEnd) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    ObjectNode object =
        Json.object(
            "kind", call.resource().kind(), "apiVersion", call.apiVersion(), "metadata", metadata);
    boolean table = call.wantsTable();
    send(sink, "BOOKMARK", table ? Table.of(call, List.of(object), store.now()) : object);
  }

  private static void send(Sink sink, String type, JsonNode object) throws IOException {
    sink.line(Json.MAPPER.writeValueAsBytes(Json.object("type", type, "object", object)));
  }
}
