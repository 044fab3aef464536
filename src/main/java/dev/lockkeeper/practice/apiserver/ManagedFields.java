package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** Who wrote which part of an object last. */
final class ManagedFields {
  private ManagedFields() {}

  /**
   * Notes in the object that this write has changed it; what it owned before is kept. Its owners
   * are those that the object itself names, which a write may have changed.
   */
  static void note(ObjectNode object, JsonNode before, Write write, Instant now) {
    ObjectNode changed = OwnedFields.changed(before, object);
    List<JsonNode> entries =
        Json.each(object.at("/metadata/managedFields")).<JsonNode>map(JsonNode::deepCopy).toList();
    ArrayNode result = Json.metadata(object).putArray("managedFields");
    ObjectNode mine = null;
    for (JsonNode entry : entries) {
      if (isOf(entry, write)) {
        mine = (ObjectNode) entry;
        result.add(mine);
      } else {
        ObjectNode fields = Json.child((ObjectNode) entry, "fieldsV1");
        OwnedFields.remove(fields, changed);
        OwnedFields.prune(fields, object);
        if (!fields.isEmpty()) {
          result.add(entry);
        }
      }
    }
    if (mine == null) {
      mine = entry(object, write);
      result.add(mine);
    }
    ObjectNode own = owned(mine, changed, write);
    OwnedFields.prune(own, object);
    if (!changed.isEmpty() || !own.equals(mine.path("fieldsV1"))) {
      mine.put("time", Json.time(now));
    }
    mine.set("fieldsV1", own);
    if (own.isEmpty()) {
      result.removeIf(entry -> isOf(entry, write));
    }
  }

  /** Who applies owns what it says, the same as others or not; who writes, what it changed. */
  private static ObjectNode owned(ObjectNode mine, ObjectNode changed, Write write) {
    if (write.applied().isPresent()) {
      return OwnedFields.changed(Json.object(), write.applied().get());
    }
    ObjectNode own = Json.child(mine, "fieldsV1").deepCopy();
    OwnedFields.add(own, changed);
    return own;
  }

  static boolean isOf(JsonNode entry, Write write) {
    return Json.text(entry, "/manager").equals(write.manager())
        && Json.text(entry, "/operation").equals(write.operation())
        && Json.text(entry, "/subresource").equals(write.subresource());
  }

  private static ObjectNode entry(ObjectNode object, Write write) {
    ObjectNode entry =
        Json.object(
            "manager", write.manager(),
            "operation", write.operation(),
            "apiVersion", Json.text(object, "/apiVersion"),
            "time", "",
            "fieldsType", "FieldsV1",
            "fieldsV1", Json.object());
    if (!write.subresource().isEmpty()) {
      entry.put("subresource", write.subresource());
    }
    return entry;
  }
}
