package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.kubernetes.api.Json;
import java.util.List;
import java.util.Optional;

/**
 * Takes a container's liveness probe out, changes it, or puts it back. While it is not the original
 * one, the original stands in an annotation of the Deployment itself: one of its template would be
 * a rollout. So whoever finds the Deployment without us can put it back.
 *
 * @param request what is asked for
 */
record ProbePatch(ProbeRequest request) {
  private static final String ANNOTATIONS = "/metadata/annotations";
  private static final String KEPT = "lockkeeper.dev/liveness-probe";
  private static final String KEPT_AT = ANNOTATIONS + "/" + KEPT.replace("/", "~1");

  /** The patch for the Deployment that was read, which has the probe that the request names. */
  String of(JsonNode seen) {
    String container = Difference.pointer(seen, request.container());
    String path = container + "/livenessProbe";
    JsonPatch patch =
        new JsonPatch()
            .test("/metadata/uid", request.uid())
            .test("/metadata/generation", request.generation())
            .test(container + "/name", request.container());
    Optional<JsonNode> present = Difference.probe(seen, request.container());
    present.ifPresent(probe -> patch.test(path, probe));
    Optional<JsonNode> wanted = request.to().map(Json::parsed);
    if (wanted.isEmpty()) {
      patch.remove(path);
    } else if (present.isEmpty()) {
      patch.put(path, wanted.get());
    } else {
      patch.replace(path, wanted.get());
    }
    keep(patch, seen, present, wanted);
    return patch.toString();
  }

  private static void keep(
      JsonPatch patch, JsonNode seen, Optional<JsonNode> present, Optional<JsonNode> wanted) {
    JsonNode annotations = seen.at(ANNOTATIONS);
    Optional<String> kept = Optional.ofNullable(annotations.get(KEPT)).map(JsonNode::asText);
    if (kept.isPresent()) {
      if (wanted.isPresent() && Difference.sameProbe(Json.parsed(kept.get()), wanted.get())) {
        patch.test(KEPT_AT, kept.get()).remove(KEPT_AT);
      }
    } else if (present.isPresent()) {
      if (!annotations.isObject()) {
        // To add the map would overwrite one that somebody else has added meanwhile, and that a
        // generation does not count.
        patch
            .test("/metadata/resourceVersion", seen.at("/metadata/resourceVersion"))
            .put(ANNOTATIONS, Json.MAPPER.createObjectNode());
      }
      patch.put(KEPT_AT, Json.MAPPER.getNodeFactory().textNode(present.get().toString()));
    }
  }

  /** What the server made of the probe, where that is not what was asked. */
  Optional<String> otherwise(JsonNode answer) {
    JsonNode made = Difference.probe(answer, request.container()).orElse(MissingNode.getInstance());
    JsonNode asked = request.to().map(Json::parsed).orElse(MissingNode.getInstance());
    boolean same =
        asked.isMissingNode()
            ? made.isMissingNode()
            : asked.properties().stream()
                .allMatch(field -> field.getValue().equals(made.path(field.getKey())));
    return same
        ? Optional.empty()
        : ObjectPatch.otherwise("livenessProbe", spoken(asked), spoken(made));
  }

  private static String spoken(JsonNode probe) {
    return probe.isMissingNode() ? "none" : probe.toString();
  }

  /** What it is meant to change. */
  List<String> places(JsonNode seen) {
    return List.of(Difference.pointer(seen, request.container()) + "/livenessProbe", KEPT_AT);
  }
}
