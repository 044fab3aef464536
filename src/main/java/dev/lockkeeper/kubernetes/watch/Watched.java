package dev.lockkeeper.kubernetes.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiException;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Resource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A live copy of a collection: listed once, then kept up to date by a watch on a thread of its own.
 * Whenever it loses its place it lists again.
 *
 * @param <T> the kind of object
 */
final class Watched<T extends HasMetadata> implements AutoCloseable {
  /**
   * Something that keeps the copy from being up to date.
   *
   * @param reason a sentence
   * @param refused whether we are not let in, or not allowed to
   * @param since when it began
   */
  record WatchFailure(String reason, boolean refused, Instant since) {}

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The server is asked to end a watch after this time: one that died silently ends as well. */
  private static final int WATCH_SECONDS = 60;

  private static final int GONE = 410;

  /** Of so many that were deleted the last report is kept. */
  private static final int DEPARTED = 50;

  private final ApiServer api;
  private final Resource resource;
  private final Map<String, String> selection;
  private final Class<T> type;
  private final Predicate<T> wanted;
  private final Runnable changed;
  private final Thread thread;
  private final Map<String, T> items = new ConcurrentHashMap<>();
  private final Map<String, T> departed = new LinkedHashMap<>();
  private volatile boolean listed;
  private volatile boolean lost = true;
  private volatile int turn;
  private volatile boolean closed;
  private volatile Optional<WatchFailure> setback = Optional.empty();
  private volatile Instant heard = Instant.EPOCH;
  private volatile String version = "";
  private volatile ApiServer.Stream stream;

  /**
   * Starts at once.
   *
   * @param selection the selectors of the query, such as {@code labelSelector}
   * @param wanted which objects to keep; the others cost no memory
   * @param changed is run, on any thread, after each change
   */
  Watched(
      ApiServer api,
      Resource resource,
      Map<String, String> selection,
      Class<T> type,
      Predicate<T> wanted,
      Runnable changed) {
    this.api = api;
    this.resource = resource;
    this.selection = Map.copyOf(selection);
    this.type = type;
    this.wanted = wanted;
    this.changed = changed;
    this.thread = new Thread(this::follow, "lockkeeper-watch-" + resource.plural());
    thread.setDaemon(true);
    thread.start();
  }

  /** What there is, or empty before it was listed for the first time. */
  Optional<List<T>> items() {
    return listed ? Optional.of(List.copyOf(items.values())) : Optional.empty();
  }

  /** The last of those that were deleted, each as it was reported last; the latest comes last. */
  synchronized List<T> departed() {
    return List.copyOf(departed.values());
  }

  /** Why it is not up to date at the moment, if so. */
  Optional<WatchFailure> setback() {
    return setback;
  }

  /** When the server said something last. */
  Instant heard() {
    return heard;
  }

  /** The resourceVersion of each object, by uid, to compare with another reading. */
  Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    items.forEach((uid, item) -> versions.put(uid, item.getMetadata().getResourceVersion()));
    return versions;
  }

  private void follow() {
    while (!closed) {
      try {
        if (lost) {
          list();
        }
        watch();
      } catch (ApiException e) {
        fail(e);
      } catch (RuntimeException e) {
        fail(new ApiException("the %s that came cannot be read".formatted(resource.plural())));
      } catch (InterruptedException e) {
        closed = true;
      }
    }
  }

  private void fail(ApiException why) {
    lost = true;
    Instant since = setback.map(WatchFailure::since).orElseGet(Instant::now);
    setback = Optional.of(new WatchFailure(why.getMessage(), why.refused(), since));
    changed.run();
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void list() throws ApiException, InterruptedException {
    Listing<T> listing = Listing.read(api, resource, selection, type, wanted);
    Map<String, T> found = new LinkedHashMap<>();
    listing.items().forEach(item -> found.put(item.getMetadata().getUid(), item));
    replace(found, listing.version());
    changed.run();
  }

  private synchronized void replace(Map<String, T> found, String latest) {
    turn++;
    List.copyOf(items.values()).stream()
        .filter(item -> !found.containsKey(item.getMetadata().getUid()))
        .forEach(this::remove);
    items.putAll(found);
    version = latest;
    heard = SteadyClock.now();
    lost = false;
    listed = true;
  }

  private void watch() throws ApiException, InterruptedException {
    Map<String, String> query = new LinkedHashMap<>(selection);
    query.put("watch", "true");
    query.put("allowWatchBookmarks", "true");
    query.put("resourceVersion", version);
    query.put("timeoutSeconds", String.valueOf(WATCH_SECONDS));
    int mine = ++turn;
    Duration longest = Duration.ofSeconds(WATCH_SECONDS + 5);
    stream = api.watch(resource.query(query), longest, this::opened, line -> apply(line, mine));
    if (closed || lost) {
      stream.close();
    }
    long start = System.nanoTime();
    Answer end = await();
    if (end.code() == GONE) {
      lost = true;
    } else if (!end.ok()) {
      throw new ApiErrors(api.server()).refused(end, "watch", resource);
    } else if (System.nanoTime() - start < PAUSE.toNanos()) {
      // A server that ends watches at once would otherwise be asked in a tight loop.
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis() / 4);
    }
  }

  /** The end of the stream; one that broke or grew too old ends like any other. */
  private Answer await() throws InterruptedException, ApiException {
    try {
      return stream.end().get();
    } catch (ExecutionException e) {
      if (ApiServer.cause(e) instanceof TimeoutException) {
        return new Answer(200, "");
      }
      throw new ApiException(new ApiErrors(api.server()).silence(e));
    } catch (CancellationException e) {
      return new Answer(200, "");
    }
  }

  /** One line of the watch; what cannot be understood makes us list again. */
  private synchronized void apply(String line, int from) {
    if (from != turn || lost) {
      return;
    }
    try {
      JsonNode event = Json.MAPPER.readTree(line);
      switch (event.path("type").asText()) {
        case "ADDED", "MODIFIED" -> put(Json.read(event.path("object"), type));
        case "DELETED" -> remove(Json.read(event.path("object"), type));
        case "BOOKMARK" -> {}
        default -> throw new ApiException("the watch must be started again");
      }
      version = event.path("object").path("metadata").path("resourceVersion").asText();
      heard = SteadyClock.now();
      changed.run();
    } catch (ApiException | JsonProcessingException e) {
      lost = true;
      ApiServer.Stream open = stream;
      if (open != null) {
        open.close();
      }
    }
  }

  private void opened() {
    setback = Optional.empty();
    changed.run();
  }

  private void put(T item) {
    String uid = item.getMetadata().getUid();
    if (wanted.test(item)) {
      items.put(uid, item);
    } else {
      items.remove(uid);
    }
  }

  /** The report of the deletion is the last word on an object, and may be the first of its end. */
  private synchronized void remove(T item) {
    String uid = item.getMetadata().getUid();
    if (items.remove(uid) != null) {
      departed.put(uid, item);
    }
    departed.keySet().stream()
        .limit(Math.max(0, departed.size() - DEPARTED))
        .toList()
        .forEach(departed::remove);
  }

  @Override
  public void close() {
    closed = true;
    ApiServer.Stream open = stream;
    if (open != null) {
      open.close();
    }
    thread.interrupt();
  }
}
