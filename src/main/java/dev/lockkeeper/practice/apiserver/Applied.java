package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Server-side apply. An object becomes what its manager says: what the manager said before and says
 * no more is removed, and what others said otherwise is a conflict unless it is forced.
 *
 * @param write who applies
 * @param force whether what others said is taken over
 */
record Applied(Write write, boolean force) {
  private static final ObjectNode NOTHING = Json.object();

  /** The changed copy of an object; fails with 409 where somebody else has said otherwise. */
  ObjectNode over(ObjectNode live, ObjectNode config) {
    ObjectNode after = (ObjectNode) Merge.STRATEGIC.merge(live, config);
    ObjectNode mine = NOTHING;
    List<JsonNode> others = new ArrayList<>();
    List<String> conflicts = new ArrayList<>();
    ObjectNode different = OwnedFields.changed(live, after);
    for (JsonNode entry : live.at("/metadata/managedFields")) {
      ObjectNode fields = (ObjectNode) entry.path("fieldsV1");
      if (ManagedFields.isOf(entry, write)) {
        mine = fields;
      } else {
        others.add(fields);
        List<String> paths = new ArrayList<>();
        common(different, fields, "", paths);
        conflict(entry, paths, conflicts);
      }
    }
    if (!force && !conflicts.isEmpty()) {
      throw Failure.applyConflict(conflicts);
    }
    remove(after, mine, OwnedFields.changed(NOTHING, config), others);
    return after;
  }

  private static void conflict(JsonNode entry, List<String> paths, List<String> conflicts) {
    String part = Json.text(entry, "/subresource");
    for (String path : paths) {
      conflicts.add(
          "conflict with \"%s\"%s using %s: %s"
              .formatted(
                  Json.text(entry, "/manager"),
                  part.isEmpty() ? "" : " with subresource \"%s\"".formatted(part),
                  Json.text(entry, "/apiVersion"),
                  path));
    }
  }

  /** The fields that are in both sets, as paths. */
  private static void common(ObjectNode one, ObjectNode other, String path, List<String> found) {
    for (Map.Entry<String, JsonNode> field : one.properties()) {
      if (other.get(field.getKey()) instanceof ObjectNode theirs) {
        ObjectNode mine = (ObjectNode) field.getValue();
        String here = path + OwnedFields.step(field.getKey());
        if (mine.isEmpty() || theirs.isEmpty()) {
          found.add(here);
        } else {
          common(mine, theirs, here, found);
        }
      }
    }
  }

  /** Takes out what was said before, is not said any more, and is said by nobody else. */
  private static void remove(
      JsonNode object, JsonNode before, JsonNode now, List<JsonNode> others) {
    for (Map.Entry<String, JsonNode> field : before.properties()) {
      String key = field.getKey();
      List<JsonNode> theirs =
          others.stream().filter(each -> each.has(key)).map(each -> each.get(key)).toList();
      if (now.has(key) || !theirs.isEmpty()) {
        remove(OwnedFields.within(object, key), field.getValue(), now.path(key), theirs);
      } else if (object instanceof ObjectNode parent && key.startsWith("f:")) {
        parent.remove(key.substring(2));
      } else if (object instanceof ArrayNode list) {
        JsonNode gone = OwnedFields.within(list, key);
        list.removeIf(gone::equals);
      }
    }
  }
}
