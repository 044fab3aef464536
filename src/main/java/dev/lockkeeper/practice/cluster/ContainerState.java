package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.time.Instant;

/** The three states that a container's status can have, as Kubernetes writes them. */
final class ContainerState {
  private ContainerState() {}

  static ObjectNode none() {
    return Json.object();
  }

  static ObjectNode waiting(String reason) {
    return Json.object("waiting", Json.object("reason", reason));
  }

  static ObjectNode waiting(String reason, String message) {
    return Json.object("waiting", Json.object("reason", reason, "message", message));
  }

  static ObjectNode running(Instant since) {
    return Json.object("running", Json.object("startedAt", Json.time(since)));
  }

  static ObjectNode terminated(int exitCode, Instant from, Instant to, String containerId) {
    String reason = exitCode == 0 ? "Completed" : "Error";
    return terminated(exitCode, reason, from, to, containerId);
  }

  static ObjectNode terminated(
      int exitCode, String reason, Instant from, Instant to, String containerId) {
    return Json.object(
        "terminated",
        Json.object(
            "exitCode",
            exitCode,
            "reason",
            reason,
            "startedAt",
            Json.time(from),
            "finishedAt",
            Json.time(to),
            "containerID",
            containerId));
  }
}
