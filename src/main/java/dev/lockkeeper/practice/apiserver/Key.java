package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/**
 * Where an object is stored.
 *
 * @param resource its kind
 * @param namespace its namespace; empty for objects of the cluster
 * @param name its name
 */
public record Key(Resource resource, String namespace, String name) implements Comparable<Key> {
  private static final Comparator<Key> ORDER =
      Comparator.comparing((Key key) -> key.resource().qualified())
          .thenComparing(Key::namespace)
          .thenComparing(Key::name);

  /** The key of an object of a resource. */
  public static Key of(Resource resource, JsonNode object) {
    return new Key(resource, Json.namespace(object), Json.name(object));
  }

  @Override
  public int compareTo(Key other) {
    return ORDER.compare(this, other);
  }
}
