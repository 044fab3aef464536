package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One change of the store.
 *
 * @param version the store's version after it
 * @param type what happened
 * @param resource the kind of the object
 * @param object the object afterwards; for a deletion, as it was last. Not to be changed
 * @param before the object before it, if there was one. Not to be changed
 */
public record Change(
    long version, Type type, Resource resource, ObjectNode object, Optional<ObjectNode> before) {
  /** What happened, as watches name it. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
