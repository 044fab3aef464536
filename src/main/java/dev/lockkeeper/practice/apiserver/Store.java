package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The objects of the cluster, with everything that etcd and the API machinery promise: unique uids,
 * versions, conflicts, generations and a history to watch. All methods may be called by any thread;
 * they refuse by throwing {@link Failure}. Objects that are handed out are shared: copy before you
 * change one.
 */
public final class Store {
  private static final long FIRST_VERSION = 1000;
  private static final int HISTORY = 4000;

  private final NavigableMap<Key, ObjectNode> objects = new TreeMap<>();
  private final List<Feed> feeds = new ArrayList<>();
  private final Random random = new Random();
  private final Clock clock;
  private final History history = new History(HISTORY, FIRST_VERSION);
  private long version = FIRST_VERSION;

  /** A cluster with nothing but its own namespaces. */
  public Store() {
    this(Clock.systemUTC());
  }

  /** The same, with a clock that tells creation times. */
  public Store(Clock clock) {
    this.clock = clock;
    for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
      create(
          Json.object(
              "apiVersion", "v1", "kind", "Namespace", "metadata", Json.object("name", name)));
    }
  }

  /** What the cluster's clock says. */
  public Instant now() {
    return clock.instant();
  }

  /** The version after the latest change. */
  public synchronized long version() {
    return version;
  }

  /** The object at a key, if there is one. */
  public synchronized Optional<ObjectNode> find(Key key) {
    return Optional.ofNullable(objects.get(key));
  }

  /** The object at a key; fails with 404. */
  public synchronized ObjectNode get(Key key) {
    return find(key).orElseThrow(() -> Failure.notFound(key));
  }

  /**
   * All objects of a kind.
   *
   * @param namespace only those of this namespace; those of all namespaces when empty
   */
  public synchronized Listing list(
      Resource resource, String namespace, Predicate<ObjectNode> wanted) {
    Key first = new Key(resource, namespace, "");
    List<ObjectNode> items = new ArrayList<>();
    for (var entry : objects.tailMap(first, true).entrySet()) {
      Key key = entry.getKey();
      boolean inside = namespace.isEmpty() || namespace.equals(key.namespace());
      if (!key.resource().equals(resource) || !inside) {
        break;
      }
      if (wanted.test(entry.getValue())) {
        items.add(entry.getValue());
      }
    }
    return new Listing(version, items);
  }

  /** Creates an object while a world is set up: its kind and namespace are those that it names. */
  public ObjectNode create(ObjectNode object) {
    Resource resource =
        Resources.ofKind(Json.text(object, "/apiVersion"), Json.text(object, "/kind"))
            .orElseThrow(Failure::unknownPath);
    return create(resource, Json.namespace(object), object, Write.by("practice"));
  }

  /** Creates an object; fails when there is one of that name. */
  public synchronized ObjectNode create(
      Resource resource, String namespace, ObjectNode wanted, Write write) {
    ObjectNode object = wanted.deepCopy();
    ObjectNode metadata = Json.metadata(object);
    if (resource.namespaced()) {
      metadata.put("namespace", namespace);
    }
    if (Json.name(object).isEmpty() && metadata.has("generateName")) {
      metadata.put("name", metadata.get("generateName").asText() + Names.suffix(random));
    }
    Key key = Key.of(resource, object);
    if (resource.namespaced()) {
      get(new Key(Resources.NAMESPACES, "", namespace));
    }
    metadata.remove(List.of("resourceVersion", "managedFields", "deletionTimestamp"));
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", Json.time(clock.instant()));
    if (resource.has(Resource.Trait.GENERATION)) {
      metadata.put("generation", 1);
    }
    Defaults.fill(resource, object);
    Validation.check(key, object, Optional.empty());
    if (objects.containsKey(key)) {
      throw Failure.exists(key);
    }
    ManagedFields.note(object, Json.object(), write, clock.instant());
    return write.dryRun() ? object : keep(Change.Type.ADDED, key, object);
  }

  /**
   * Changes an object, all or nothing.
   *
   * @param change gets a copy of the object and returns what it shall become
   * @return the object afterwards
   */
  public synchronized ObjectNode update(Key key, Write write, UnaryOperator<ObjectNode> change) {
    ObjectNode before = get(key);
    ObjectNode wanted = change.apply(before.deepCopy());
    ObjectNode after = UpdateStrategy.of(key, before, wanted, write);
    if (after.equals(before) && write.applied().isEmpty()) {
      return before;
    }
    ManagedFields.note(after, before, write, clock.instant());
    if (after.equals(before)) {
      return before;
    }
    if (write.dryRun()) {
      return after;
    }
    return over(after) ? drop(key, after) : keep(Change.Type.MODIFIED, key, after);
  }

  /**
   * Deletes an object. A pod on a node is only marked: its kubelet removes it when it has stopped.
   *
   * @return the object as it was last, or as it is marked now
   */
  public synchronized ObjectNode delete(Key key, Deletion deletion) {
    ObjectNode object = get(key);
    deletion.check(key, object);
    if (deletion.dryRun()) {
      return object;
    }
    int grace = deletion.granted(key, object);
    if (grace == 0 && free(object)) {
      return drop(key, object);
    }
    if (object.at("/metadata/deletionTimestamp").isTextual()
        && grace >= Json.number(object, "/metadata/deletionGracePeriodSeconds", 0)) {
      return object;
    }
    ObjectNode marked = object.deepCopy();
    Json.metadata(marked)
        .put("deletionTimestamp", Json.time(clock.instant().plusSeconds(grace)))
        .put("deletionGracePeriodSeconds", grace);
    return keep(Change.Type.MODIFIED, key, marked);
  }

  private static boolean free(ObjectNode object) {
    return object.at("/metadata/finalizers").isEmpty();
  }

  /** Whether the last finalizer of a deleted object has just been taken away. */
  private static boolean over(ObjectNode object) {
    return object.at("/metadata/deletionTimestamp").isTextual()
        && Json.number(object, "/metadata/deletionGracePeriodSeconds", 0) == 0
        && free(object);
  }

  /** Forgets how the objects became what they are: watches of older versions get 410 Gone. */
  public synchronized void compact() {
    history.forget();
  }

  /** All changes after a version; fails with 410 when they are no longer known. */
  public synchronized Feed watch(long since) {
    List<Change> missed = history.since(since);
    Feed feed = new Feed(this::leave);
    missed.forEach(feed::add);
    feeds.add(feed);
    return feed;
  }

  private synchronized void leave(Feed feed) {
    feeds.remove(feed);
  }

  private ObjectNode keep(Change.Type type, Key key, ObjectNode object) {
    version++;
    Json.metadata(object).put("resourceVersion", Long.toString(version));
    Optional<ObjectNode> before = Optional.ofNullable(objects.put(key, object));
    tell(new Change(version, type, key.resource(), object, before));
    return object;
  }

  private ObjectNode drop(Key key, ObjectNode object) {
    version++;
    ObjectNode last = object.deepCopy();
    Json.metadata(last).put("resourceVersion", Long.toString(version));
    Optional<ObjectNode> before = Optional.ofNullable(objects.remove(key));
    tell(new Change(version, Change.Type.DELETED, key.resource(), last, before));
    return last;
  }

  private void tell(Change change) {
    history.add(change);
    feeds.forEach(feed -> feed.add(change));
  }
}
