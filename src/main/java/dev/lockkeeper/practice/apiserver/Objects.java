package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Reads and writes single objects and lists.
 *
 * @param store where they are
 */
record Objects(Store store) {

  /** What is answered: an HTTP status and an object. */
  record Answer(int code, JsonNode body) {}

  Answer answer(Call call) {
    return switch (call.access().verb()) {
      case "get" -> new Answer(200, shown(call, store.get(call.key())));
      case "list" -> new Answer(200, list(call));
      case "create" -> create(call);
      case "update" -> update(call);
      case "patch" -> patch(call);
      case "delete" -> delete(call);
      case "deletecollection" -> deleteAll(call);
      default -> throw Failure.methodNotAllowed();
    };
  }

  private static void requireSubresource(Call call, Set<String> known) {
    String part = call.access().subresource();
    boolean fits =
        switch (part) {
          case "" -> true;
          case "status" -> call.resource().has(Resource.Trait.STATUS);
          case "scale" -> call.resource().has(Resource.Trait.SCALE);
          default -> false;
        };
    if (!fits || !known.contains(part)) {
      throw Failure.unknownPath();
    }
  }

  private JsonNode shown(Call call, ObjectNode object) {
    requireSubresource(call, Set.of("", "status", "scale"));
    if (call.access().subresource().equals("scale")) {
      return Scale.of(object);
    }
    return table(call, object);
  }

  static Predicate<ObjectNode> wanted(Call call) {
    LabelSelector labels = LabelSelector.parse(call.query("labelSelector"));
    FieldSelector fields = FieldSelector.parse(call.resource(), call.query("fieldSelector"));
    String name = call.access().name();
    return object ->
        labels.matches(object)
            && fields.matches(object)
            && (name.isEmpty() || name.equals(Json.name(object)));
  }

  private JsonNode list(Call call) {
    Listing all = store.list(call.resource(), call.namespace(), wanted(call));
    Page page = Page.of(all, call.number("limit"), call.query("continue"));
    ObjectNode metadata = page.metadata();
    if (call.wantsTable()) {
      ObjectNode table = Table.of(call, page.items(), store.now());
      table.set("metadata", metadata);
      return table;
    }
    return Json.object(
        "kind",
        call.resource().kind() + "List",
        "apiVersion",
        call.apiVersion(),
        "metadata",
        metadata,
        "items",
        Json.array(page.items()));
  }

  private Answer create(Call call) {
    requireSubresource(call, Set.of(""));
    ObjectNode object = Body.read(call);
    String inBody = Json.namespace(object);
    if (!inBody.isEmpty() && !inBody.equals(call.namespace())) {
      throw Failure.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    return new Answer(
        201, table(call, store.create(call.resource(), call.namespace(), object, call.write())));
  }

  private Answer update(Call call) {
    requireSubresource(call, Set.of("", "status", "scale"));
    ObjectNode object = Body.read(call);
    if (!Json.name(object).equals(call.access().name())) {
      throw Failure.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(Json.name(object), call.access().name()));
    }
    return new Answer(200, changed(call, call.write(), any -> object));
  }

  private Answer patch(Call call) {
    requireSubresource(call, Set.of("", "status", "scale"));
    Patch patch = Patch.of(call.headers().contentType());
    return patch == Patch.APPLY
        ? apply(call, patch.changed(call.body(), Json.object()))
        : new Answer(
            200, changed(call, call.write(), object -> patch.changed(call.body(), object)));
  }

  private Answer apply(Call call, ObjectNode config) {
    Write write = call.write().applying(config);
    if (store.find(call.key()).isEmpty()) {
      return new Answer(201, store.create(call.resource(), call.namespace(), config, write));
    }
    Applied applied = new Applied(write, call.query("force").equals("true"));
    return new Answer(200, changed(call, write, object -> applied.over(object, config)));
  }

  private JsonNode changed(Call call, Write write, UnaryOperator<ObjectNode> change) {
    Key key = call.key();
    if (call.access().subresource().equals("scale")) {
      return Scale.of(store.update(key, write, Scale.change(key, change)));
    }
    return table(call, store.update(key, write, change));
  }

  private JsonNode table(Call call, ObjectNode object) {
    if (call.wantsMetadata()) {
      return Table.metadata(object);
    }
    return call.wantsTable() ? Table.of(call, List.of(object), store.now()) : object;
  }

  private Answer delete(Call call) {
    requireSubresource(call, Set.of(""));
    ObjectNode last = store.delete(call.key(), deletion(call));
    boolean stays = last.at("/metadata/deletionTimestamp").isTextual();
    boolean pod = call.resource().equals(Resources.PODS);
    return new Answer(200, stays || pod ? last : success(call, last));
  }

  private static ObjectNode success(Call call, ObjectNode last) {
    return Json.object(
        "kind", "Status",
        "apiVersion", "v1",
        "metadata", Json.object(),
        "status", "Success",
        "details",
            Json.object(
                "name", Json.name(last),
                "group", call.access().group(),
                "kind", call.access().plural(),
                "uid", Json.uid(last)));
  }

  private static Deletion deletion(Call call) {
    boolean none = call.body().length == 0;
    ObjectNode options = none ? Json.object() : Body.read(call);
    JsonNode grace = options.path("gracePeriodSeconds");
    return new Deletion(
        grace.isInt() ? OptionalInt.of(grace.asInt()) : call.number("gracePeriodSeconds"),
        Json.text(options, "/preconditions/uid"),
        Json.text(options, "/preconditions/resourceVersion"),
        call.dryRun());
  }

  private Answer deleteAll(Call call) {
    Listing all = store.list(call.resource(), call.namespace(), wanted(call));
    Deletion deletion = deletion(call);
    all.items().forEach(object -> store.delete(Key.of(call.resource(), object), deletion));
    return new Answer(
        200,
        Json.object(
            "kind",
            call.resource().kind() + "List",
            "apiVersion",
            call.apiVersion(),
            "metadata",
            Json.object("resourceVersion", Long.toString(store.version())),
            "items",
            Json.array(all.items())));
  }
}
