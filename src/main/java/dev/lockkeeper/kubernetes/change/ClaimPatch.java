package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.snapshot.HelmClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lets an object say to which Helm release it belongs. A patch cannot test that something is
 * absent; the object's version tells that nothing was put there since it was looked at.
 *
 * @param request what is asked for
 */
record ClaimPatch(AdoptRequest request) {
  private static final String VERSION = "/metadata/resourceVersion";
  private static final List<String> WORDS =
      List.of(HelmClaim.MANAGED_BY, HelmClaim.RELEASE, HelmClaim.NAMESPACE);

  /** In what the object is no longer the one that was seen. */
  Optional<String> difference(JsonNode object) {
    if (!object.at("/metadata/uid").asText().equals(request.uid())) {
      return Optional.of(Difference.ANOTHER);
    }
    Map<String, String> seen = request.from().entries();
    Map<String, String> now = NamedObjects.claim(object).entries();
    Optional<String> other =
        WORDS.stream()
            .filter(word -> !spoken(seen, word).equals(spoken(now, word)))
            .map(word -> "%s is %s, not %s".formatted(word, spoken(now, word), spoken(seen, word)))
            .findFirst();
    return other.or(
        () ->
            object.at(VERSION).asText().equals(request.resourceVersion())
                ? Optional.empty()
                : Optional.of("somebody has just written to it; look at it and ask again"));
  }

  private static String spoken(Map<String, String> entries, String word) {
    return entries.getOrDefault(word, "none");
  }

  /** The patch for the object that was read. */
  String of(JsonNode object) {
    JsonPatch patch =
        new JsonPatch()
            .test("/metadata/uid", request.uid())
            .test(VERSION, request.resourceVersion());
    Map<String, String> old = request.from().entries();
    old.forEach((word, value) -> patch.test(place(word), value));
    for (String map : List.of("/metadata/labels", "/metadata/annotations")) {
      if (!object.at(map).isObject()) {
        patch.put(map, Json.MAPPER.createObjectNode());
      }
    }
    request
        .to()
        .entries()
        .forEach(
            (word, value) -> {
              if (!value.equals(old.get(word))) {
                patch.put(place(word), TextNode.valueOf(value));
              }
            });
    return patch.toString();
  }

  /** What was done, from the server's answer. */
  String done(JsonNode answer) {
    Map<String, String> old = request.from().entries();
    Map<String, String> now = NamedObjects.claim(answer).entries();
    return WORDS.stream()
        .filter(word -> !spoken(old, word).equals(spoken(now, word)))
        .map(word -> "%s %s -> %s".formatted(word, spoken(old, word), spoken(now, word)))
        .collect(Collectors.joining(", ", request.object().spoken() + ": ", ""));
  }

  /** What it is meant to change. */
  List<String> places() {
    List<String> places = new ArrayList<>();
    WORDS.forEach(word -> places.add(place(word)));
    return places;
  }

  private static String place(String word) {
    String map = word.equals(HelmClaim.MANAGED_BY) ? "/metadata/labels/" : "/metadata/annotations/";
    return map + word.replace("/", "~1");
  }
}
