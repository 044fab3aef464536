package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Resource;
import dev.lockkeeper.practice.apiserver.Store;
import dev.lockkeeper.practice.apiserver.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What all controllers work with.
 *
 * @param store the cluster's objects
 * @param loop their thread
 * @param pace their clock
 * @param events where they tell what they do
 */
record Control(Store store, Loop loop, Pace pace, Events events) {
  static final Write MANAGER = Write.by("kube-controller-manager");

  /** What the cluster's clock says. */
  Instant now() {
    return store.now();
  }

  /** The reference by which an object is controlled, if it is. */
  static Optional<JsonNode> owner(JsonNode object) {
    return Json.each(object.at("/metadata/ownerReferences"))
        .filter(reference -> reference.path("controller").asBoolean())
        .findFirst();
  }

  /** The objects of a kind that another one controls. */
  List<ObjectNode> owned(Resource resource, JsonNode owner) {
    String uid = Json.uid(owner);
    return store.list(resource, Json.namespace(owner), object -> ownedBy(object, uid)).items();
  }

  private static boolean ownedBy(JsonNode object, String uid) {
    return owner(object).filter(one -> one.path("uid").asText().equals(uid)).isPresent();
  }

  /** A reference to the controller of a new object. */
  static JsonNode reference(JsonNode owner) {
    return Json.object(
        "apiVersion", Json.text(owner, "/apiVersion"),
        "kind", Json.text(owner, "/kind"),
        "name", Json.name(owner),
        "uid", Json.uid(owner),
        "controller", true,
        "blockOwnerDeletion", true);
  }

  /** Whether an object is being deleted. */
  static boolean leaving(JsonNode object) {
    return object.at("/metadata/deletionTimestamp").isTextual();
  }
}
