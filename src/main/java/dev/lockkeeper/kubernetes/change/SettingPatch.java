package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.ScalerRequest;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.snapshot.ScalerObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sets the fields that tell a scaler what it may do. A patch cannot test that a field is absent;
 * the object's version, as it was read a moment ago, tells that nobody has put one there.
 *
 * @param request what is asked for
 */
public record SettingPatch(ScalerRequest request) {
  private static final String VERSION = "/metadata/resourceVersion";

  /** The setting of an object, with {@code null} for each field that is left out. */
  public static ObjectNode setting(ScalerObject.Type type, JsonNode object) {
    ObjectNode setting = Json.MAPPER.createObjectNode();
    Json.parsed(type.held())
        .fieldNames()
        .forEachRemaining(
            field -> {
              JsonNode value = object.at(type.place()).path(field);
              setting.set(field, value.isMissingNode() ? Json.MAPPER.nullNode() : value.deepCopy());
            });
    return setting;
  }

  /** In what the object is no longer the one that was seen. */
  Optional<String> difference(JsonNode object) {
    if (!object.at("/metadata/uid").asText().equals(request.object().uid())) {
      return Optional.of(Difference.ANOTHER);
    }
    ObjectNode now = setting(request.object().type(), object);
    return now.equals(Json.parsed(request.object().setting()))
        ? Optional.empty()
        : Optional.of(
            "%s, not %s"
                .formatted(
                    ScalerObject.spoken(now.toString()),
                    ScalerObject.spoken(request.object().setting())));
  }

  /** The patch for the object that was read, which is set as the request names it. */
  String of(JsonNode object) {
    String place = request.object().type().place();
    JsonPatch patch =
        new JsonPatch()
            .test("/metadata/uid", request.object().uid())
            .test(VERSION, object.at(VERSION));
    if (!object.at(place).isObject()) {
      patch.put(place, Json.MAPPER.createObjectNode());
    }
    JsonNode from = setting(request.object().type(), object);
    Json.parsed(request.to())
        .properties()
        .forEach(
            field -> {
              boolean there = !from.path(field.getKey()).isNull();
              if (!field.getValue().isNull()) {
                patch.put(pointer(field.getKey()), field.getValue());
              } else if (there) {
                patch.remove(pointer(field.getKey()));
              }
            });
    return patch.toString();
  }

  /** What was done, from the server's answer. */
  String done(JsonNode answer) {
    return "%s: %s"
        .formatted(
            request.object().spoken(),
            ScalerObject.spoken(setting(request.object().type(), answer).toString()));
  }

  /** In what the server's answer is not what was asked, if it is not. */
  Optional<String> otherwise(JsonNode answer) {
    ObjectNode now = setting(request.object().type(), answer);
    return now.equals(Json.parsed(request.to()))
        ? Optional.empty()
        : Optional.of(
            "the setting becomes %s, and %s was asked"
                .formatted(ScalerObject.spoken(now.toString()), ScalerObject.spoken(request.to())));
  }

  /** What it is meant to change. */
  List<String> places() {
    List<String> places = new ArrayList<>();
    Json.parsed(request.to()).fieldNames().forEachRemaining(field -> places.add(pointer(field)));
    return places;
  }

  private String pointer(String field) {
    return request.object().type().place() + "/" + field.replace("~", "~0").replace("/", "~1");
  }
}
