package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Objects as the columns that kubectl prints. */
final class Table {
  private Table() {}

  /**
   * One column.
   *
   * @param name its heading
   * @param priority 0, or 1 for {@code -o wide} only
   * @param cell what stands in it
   */
  record Column(String name, int priority, Function<JsonNode, Object> cell) {
    static Column of(String name, Function<JsonNode, Object> cell) {
      return new Column(name, 0, cell);
    }

    static Column wide(String name, Function<JsonNode, Object> cell) {
      return new Column(name, 1, cell);
    }
  }

  static ObjectNode of(Call call, List<? extends JsonNode> objects, Instant now) {
    List<Column> columns = Columns.of(call.resource(), now);
    ArrayNode definitions = Json.MAPPER.createArrayNode();
    columns.forEach(column -> definitions.add(definition(column)));
    ArrayNode rows = Json.MAPPER.createArrayNode();
    objects.forEach(object -> rows.add(row(call, columns, object)));
    ObjectNode metadata = Json.object();
    if (objects.size() == 1) {
      metadata.set("resourceVersion", objects.get(0).at("/metadata/resourceVersion"));
    }
    return Json.object(
        "kind", "Table",
        "apiVersion", "meta.k8s.io/v1",
        "metadata", metadata,
        "columnDefinitions", definitions,
        "rows", rows);
  }

  private static ObjectNode definition(Column column) {
    return Json.object(
        "name",
        column.name(),
        "type",
        "string",
        "format",
        column.name().equals("Name") ? "name" : "",
        "description",
        "",
        "priority",
        column.priority());
  }

  private static ObjectNode row(Call call, List<Column> columns, JsonNode object) {
    List<Object> cells = columns.stream().map(column -> column.cell().apply(object)).toList();
    ObjectNode row = Json.object("cells", cells);
    String include = call.query("includeObject");
    if (include.equals("Object")) {
      row.set("object", object);
    } else if (!include.equals("None")) {
      row.set("object", metadata(object));
    }
    return row;
  }

  /** An object without what is its own. */
  static ObjectNode metadata(JsonNode object) {
    return Json.object(
        "kind", "PartialObjectMetadata",
        "apiVersion", "meta.k8s.io/v1",
        "metadata", object.path("metadata"));
  }
}
