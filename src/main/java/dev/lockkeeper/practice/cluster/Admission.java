package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Write;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a pod may be made: what ResourceQuotas and the lack of a ServiceAccount forbid. */
final class Admission {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final Control control;

  Admission(Control control) {
    this.control = control;
  }

  /**
   * Why this pod is refused, in the API server's words; empty when it is let in.
   *
   * @param name the beginning of its name
   */
  Optional<String> refusal(String namespace, String name, JsonNode podSpec) {
    String account = podSpec.path("serviceAccountName").asText("default");
    Key key = new Key(Resources.SERVICEACCOUNTS, namespace, account);
    if (!account.equals("default") && control.store().find(key).isEmpty()) {
      return Optional.of(
          "pods \"%s\" is forbidden: error looking up service account %s/%s: serviceaccount \"%s\" not found"
              .formatted(name, namespace, account, account));
    }
    return quotas(namespace).stream()
        .flatMap(quota -> refusal(quota, namespace, podSpec).stream())
        .map(words -> "pods \"%s\" is forbidden: %s".formatted(name, words))
        .findFirst();
  }

  private List<ObjectNode> quotas(String namespace) {
    return control.store().list(Resources.RESOURCEQUOTAS, namespace, any -> true).items();
  }

  private Optional<String> refusal(ObjectNode quota, String namespace, JsonNode podSpec) {
    Map<String, BigDecimal> asked = Quantities.counted(podSpec);
    Map<String, BigDecimal> used = used(namespace);
    return quota.at("/spec/hard").properties().stream()
        .flatMap(hard -> refusal(Json.name(quota), hard, asked, used).stream())
        .findFirst();
  }

  private static Optional<String> refusal(
      String quota,
      Map.Entry<String, JsonNode> hard,
      Map<String, BigDecimal> asked,
      Map<String, BigDecimal> used) {
    String what = hard.getKey();
    boolean compute = what.startsWith("requests.") || what.startsWith("limits.");
    if (compute && !asked.containsKey(what)) {
      return Optional.of("failed quota: %s: must specify %s".formatted(quota, what));
    }
    BigDecimal more = asked.getOrDefault(what, BigDecimal.ZERO);
    BigDecimal before = used.getOrDefault(what, BigDecimal.ZERO);
    return before.add(more).compareTo(Quantities.of(hard.getValue())) > 0 && more.signum() > 0
        ? Optional.of(
            "exceeded quota: %s, requested: %s=%s, used: %s=%s, limited: %s=%s"
                .formatted(
                    quota,
                    what,
                    more.toPlainString(),
                    what,
                    before.toPlainString(),
                    what,
                    hard.getValue().asText()))
        : Optional.empty();
  }

  private Map<String, BigDecimal> used(String namespace) {
    Map<String, BigDecimal> used = new HashMap<>();
    control
        .store()
        .list(Resources.PODS, namespace, pod -> !ENDED.contains(Json.text(pod, "/status/phase")))
        .items()
        .forEach(
            pod ->
                Quantities.counted(pod.path("spec"))
                    .forEach((what, amount) -> used.merge(what, amount, BigDecimal::add)));
    return used;
  }

  /** Writes down in each quota of a namespace how much of it is used. */
  void count(String namespace) {
    Map<String, BigDecimal> used = used(namespace);
    for (ObjectNode quota : quotas(namespace)) {
      ObjectNode counted = Json.object();
      quota
          .at("/spec/hard")
          .fieldNames()
          .forEachRemaining(
              what ->
                  counted.put(
                      what, used.getOrDefault(what, BigDecimal.ZERO).toBigInteger().toString()));
      JsonNode hard = quota.at("/spec/hard");
      if (!quota.at("/status/used").equals(counted) || !quota.at("/status/hard").equals(hard)) {
        control
            .store()
            .update(
                Key.of(Resources.RESOURCEQUOTAS, quota),
                Write.by("kube-controller-manager").to("status"),
                object -> {
                  object.set("status", Json.object("hard", hard.deepCopy(), "used", counted));
                  return object;
                });
      }
    }
  }
}
