package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Objects of one kind, all as of one version of the store.
 *
 * @param version the store's version
 * @param items the objects, by namespace and name. Not to be changed
 */
public record Listing(long version, List<ObjectNode> items) {
  public Listing {
    items = List.copyOf(items);
  }
}
