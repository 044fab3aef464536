package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resource;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Store;
import java.util.List;

/**
 * Deletes what belonged to an object that is gone.
 *
 * @param store the cluster's objects
 */
record GarbageCollector(Store store) {

  void gone(JsonNode owner) {
    for (Resource resource : List.of(Resources.REPLICASETS, Resources.PODS)) {
      for (ObjectNode object :
          store.list(resource, Json.namespace(owner), one -> owns(owner, one)).items()) {
        store.delete(Key.of(resource, object), Deletion.ordinary());
      }
    }
  }

  private static boolean owns(JsonNode owner, JsonNode object) {
    return Json.each(object.at("/metadata/ownerReferences"))
        .anyMatch(reference -> reference.path("uid").asText().equals(Json.uid(owner)));
  }
}
