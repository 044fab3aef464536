package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What an object becomes when somebody writes it: not all that is wanted is theirs to say. */
final class UpdateStrategy {
  private UpdateStrategy() {}

  /** The object afterwards; fails with 409 where it is not the one that was seen. */
  static ObjectNode of(Key key, ObjectNode before, ObjectNode wanted, Write write) {
    checkVersion(key, before, wanted);
    return write.status() ? withStatus(before, wanted) : withSpec(key, before, wanted);
  }

  private static void checkVersion(Key key, ObjectNode before, ObjectNode wanted) {
    String seen = Json.text(wanted, "/metadata/resourceVersion");
    if (!seen.isEmpty() && !seen.equals(Json.text(before, "/metadata/resourceVersion"))) {
      throw Failure.modified(key);
    }
    String uid = Json.uid(wanted);
    if (!uid.isEmpty() && !uid.equals(Json.uid(before))) {
      throw Failure.conflict(
          key,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Json.uid(before)));
    }
  }

  private static ObjectNode withStatus(ObjectNode before, ObjectNode wanted) {
    ObjectNode after = before.deepCopy();
    if (wanted.has("status")) {
      after.set("status", wanted.get("status"));
    }
    return after;
  }

  private static ObjectNode withSpec(Key key, ObjectNode before, ObjectNode wanted) {
    ObjectNode after = wanted.deepCopy();
    Resource resource = key.resource();
    after.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
    ObjectNode metadata = Json.metadata(after);
    for (String field :
        List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "generation",
            "resourceVersion",
            "deletionTimestamp",
            "deletionGracePeriodSeconds")) {
      copy(Json.metadata(before), metadata, field);
    }
    // Who knows nothing of owners deletes none; who names them says how they are from now on.
    if (metadata.path("managedFields").isEmpty()) {
      copy(Json.metadata(before), metadata, "managedFields");
    }
    if (resource.has(Resource.Trait.STATUS)) {
      copy(before, after, "status");
    }
    Validation.checkReplaced(key, after, before);
    Defaults.fill(resource, after);
    Validation.check(key, after, Optional.of(before));
    boolean counts = resource.has(Resource.Trait.GENERATION);
    if (counts && !after.path("spec").equals(before.path("spec"))) {
      metadata.put("generation", Json.number(before, "/metadata/generation", 1) + 1);
    }
    return after;
  }

  private static void copy(ObjectNode from, ObjectNode to, String field) {
    JsonNode value = from.get(field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value);
    }
  }
}
