package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Answers what users ask about their own rights. */
final class Reviews {
  private Reviews() {}

  /** The answer to a review, if this is one. */
  static Optional<ObjectNode> answer(Call call, User user) {
    return switch (call.access().plural()) {
      case "selfsubjectaccessreviews" -> Optional.of(access(Body.read(call), user));
      case "selfsubjectrulesreviews" -> Optional.of(rules(Body.read(call), user));
      case "selfsubjectreviews" -> Optional.of(self(Body.read(call), user));
      default -> Optional.empty();
    };
  }

  private static ObjectNode access(ObjectNode review, User user) {
    JsonNode asked = review.at("/spec/resourceAttributes");
    Access access =
        new Access(
            asked.path("verb").asText(),
            asked.path("group").asText(),
            asked.path("resource").asText(),
            asked.path("subresource").asText(),
            asked.path("namespace").asText(),
            asked.path("name").asText());
    boolean path = review.at("/spec/nonResourceAttributes").isObject();
    ObjectNode status = Json.object("allowed", path || user.may(access));
    review.set("status", status);
    Json.metadata(review);
    return review;
  }

  private static ObjectNode rules(ObjectNode review, User user) {
    String namespace = Json.text(review, "/spec/namespace");
    List<ObjectNode> rules =
        user.roles().stream()
            .filter(role -> role.covers(namespace))
            .flatMap(role -> role.rules().stream())
            .map(Reviews::rule)
            .toList();
    review.set(
        "status",
        Json.object(
            "incomplete",
            false,
            "resourceRules",
            Json.array(rules),
            "nonResourceRules",
            List.of(
                Json.object(
                    "verbs",
                    List.of("get"),
                    "nonResourceURLs",
                    List.of("/api", "/api/*", "/apis", "/apis/*", "/version")))));
    return review;
  }

  private static ObjectNode rule(Rule rule) {
    ObjectNode node =
        Json.object(
            "verbs", rule.verbs(), "apiGroups", rule.apiGroups(), "resources", rule.resources());
    if (!rule.resourceNames().isEmpty()) {
      node.set("resourceNames", Json.MAPPER.valueToTree(rule.resourceNames()));
    }
    return node;
  }

  private static ObjectNode self(ObjectNode review, User user) {
    List<String> groups = List.of("system:authenticated");
    review.set(
        "status", Json.object("userInfo", Json.object("username", user.name(), "groups", groups)));
    return review;
  }
}
