package dev.lockkeeper.kubernetes.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Times;
import dev.lockkeeper.snapshot.SecondLook;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * A Lease as the API has it. Each change is made in a copy that keeps the resourceVersion, so that
 * the server refuses it when somebody else was faster.
 *
 * @param json the object
 */
record LeaseObject(JsonNode json) {
  private static final String ANCHOR = "lockkeeper.dev/journal-head";
  private static final String LOOK = "lockkeeper.dev/second-look";
  private static final String HOLDER = "holderIdentity";

  /** The API wants exactly six digits after the point. */
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** What is said of an answer that is not the Lease that was asked for. */
  static final String NO_LEASE =
      "the API server answered with something else than the lease: is there a proxy on the way?";

  /** The Lease that was asked for; empty where the answer is anything else. */
  static Optional<LeaseObject> of(Answer answer, String namespace, String name) {
    JsonNode metadata = answer.json().path("metadata");
    return answer.ok()
            && answer.json().path("kind").asText().equals("Lease")
            && metadata.path("name").asText().equals(name)
            && metadata.path("namespace").asText().equals(namespace)
            && !metadata.path("uid").asText().isEmpty()
        ? Optional.of(new LeaseObject(answer.json()))
        : Optional.empty();
  }

  /** One that is not there yet. */
  static LeaseObject absent(String namespace, String name) {
    ObjectNode lease = Json.MAPPER.createObjectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("name", name).put("namespace", namespace);
    return new LeaseObject(lease);
  }

  /** Who holds it; nobody when that is left out or empty. */
  Optional<String> holder() {
    return Optional.of(json.path("spec").path(HOLDER).asText("")).filter(each -> !each.isEmpty());
  }

  boolean heldBy(String who) {
    return holder().filter(who::equals).isPresent();
  }

  Instant since() {
    return Times.instant(json.path("spec").path("acquireTime").asText(""));
  }

  Instant renewedAt() {
    return Times.instant(json.path("spec").path("renewTime").asText(""));
  }

  /** For how long it is good without being renewed. */
  Duration promised() {
    return Duration.ofSeconds(json.path("spec").path("leaseDurationSeconds").asLong(0));
  }

  /** Which change of which object this is. */
  String version() {
    JsonNode metadata = json.path("metadata");
    return metadata.path("uid").asText() + "/" + metadata.path("resourceVersion").asText();
  }

  Optional<String> anchor() {
    return Optional.ofNullable(json.path("metadata").path("annotations").get(ANCHOR))
        .map(JsonNode::asText);
  }

  /** Held by somebody from now on; what the one before had anchored is not theirs. */
  LeaseObject taken(String who, Duration promised, Instant now) {
    ObjectNode copy = json.deepCopy();
    ObjectNode spec = copy.withObject("/spec");
    spec.put("leaseTransitions", spec.path("leaseTransitions").asInt(0) + 1);
    spec.put(HOLDER, who).put("leaseDurationSeconds", promised.toSeconds());
    spec.put("acquireTime", MICROS.format(now)).put("renewTime", MICROS.format(now));
    if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(List.of(ANCHOR, LOOK));
    }
    return new LeaseObject(copy);
  }

  LeaseObject renewed(Instant now) {
    ObjectNode copy = json.deepCopy();
    copy.withObject("/spec").put("renewTime", MICROS.format(now));
    return new LeaseObject(copy);
  }

  /** Held by nobody: the API does not like an empty name. */
  LeaseObject released(Instant now) {
    ObjectNode copy = renewed(now).showing(Optional.empty()).json().deepCopy();
    copy.withObject("/spec").remove(HOLDER);
    return new LeaseObject(copy);
  }

  /** The plan that its holder wants to be looked at; one that cannot be read is none. */
  Optional<SecondLook> look() {
    JsonNode text = json.path("metadata").path("annotations").path(LOOK);
    try {
      JsonNode look = Json.MAPPER.readTree(text.asText());
      return text.isTextual() && look.isObject()
          ? Optional.of(
              new SecondLook(
                  look.path("plan").asText(),
                  look.path("summary").asText(),
                  look.path("command").asText(),
                  look.path("nonce").asText()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** With this plan beside it, or with none. */
  LeaseObject showing(Optional<SecondLook> look) {
    ObjectNode copy = json.deepCopy();
    ObjectNode annotations = copy.withObject("/metadata").withObject("/annotations");
    annotations.remove(LOOK);
    look.ifPresent(
        each ->
            annotations.put(
                LOOK,
                Json.MAPPER
                    .createObjectNode()
                    .put("plan", each.plan())
                    .put("summary", each.summary())
                    .put("command", each.command())
                    .put("nonce", each.nonce())
                    .toString()));
    return new LeaseObject(copy);
  }

  LeaseObject anchored(Optional<String> anchor) {
    ObjectNode copy = json.deepCopy();
    anchor.ifPresent(
        text -> copy.withObject("/metadata").withObject("/annotations").put(ANCHOR, text));
    return new LeaseObject(copy);
  }
}
