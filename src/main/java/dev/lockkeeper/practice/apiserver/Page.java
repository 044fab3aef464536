package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;

/**
 * A part of a listing, for clients that ask with {@code limit} and {@code continue}.
 *
 * @param items the objects of this part
 * @param metadata the list's metadata, with the token for the next part if there is one
 */
record Page(List<ObjectNode> items, ObjectNode metadata) {
  Page {
    items = List.copyOf(items);
  }

  /** The part after the one that gave this token; the first one when it is empty. */
  static Page of(Listing all, OptionalInt limit, String token) {
    String after = token.isEmpty() ? "" : decode(token);
    List<ObjectNode> rest =
        all.items().stream().filter(object -> place(object).compareTo(after) > 0).toList();
    int size = Math.min(rest.size(), limit.orElse(0) == 0 ? rest.size() : limit.getAsInt());
    List<ObjectNode> items = rest.subList(0, size);
    ObjectNode metadata = Json.object("resourceVersion", Long.toString(all.version()));
    if (size < rest.size()) {
      metadata.put("continue", Base64Text.encode(place(items.get(size - 1))));
      metadata.put("remainingItemCount", rest.size() - size);
    }
    return new Page(items, metadata);
  }

  /** Sorts as the store does: by namespace, then by name. */
  private static String place(ObjectNode object) {
    return Json.namespace(object) + "\u0001" + Json.name(object);
  }

  private static String decode(String token) {
    try {
      return Base64Text.decode(token);
    } catch (IllegalArgumentException bad) {
      throw Failure.badRequest("continue key is not valid");
    }
  }
}
