package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Store;
import java.util.List;

/** The nodes of a practice cluster. */
final class PracticeNodes {
  /** Enough for the replicas of the charts, twice over. */
  private static final ObjectNode ROOM = Json.object("cpu", "16", "memory", "64Gi", "pods", "110");

  private PracticeNodes() {}

  static void create(Store store) {
    for (String name : List.of("practice-node-1", "practice-node-2")) {
      store.create(node(name, Json.time(store.now())));
    }
  }

  private static ObjectNode node(String name, String now) {
    ObjectNode ready = Conditions.of(Json.object(), "Ready", true, now);
    ready.put("reason", "KubeletReady").put("message", "kubelet is posting ready status");
    ObjectNode metadata =
        Json.object(
            "name",
            name,
            "labels",
            Json.object("kubernetes.io/hostname", name, "kubernetes.io/os", "linux"));
    ObjectNode status =
        Json.object(
            "conditions",
            List.of(ready),
            "addresses",
            List.of(Json.object("type", "InternalIP", "address", "127.0.0.1")),
            "capacity",
            ROOM.deepCopy(),
            "allocatable",
            ROOM.deepCopy(),
            "nodeInfo",
            Json.object("kubeletVersion", "v1.32.5"));
    return Json.object(
        "apiVersion",
        "v1",
        "kind",
        "Node",
        "metadata",
        metadata,
        "spec",
        Json.object(),
        "status",
        status);
  }
}
