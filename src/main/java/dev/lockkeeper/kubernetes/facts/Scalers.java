package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.ScalerObject.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds out what else may change the replica count. */
public final class Scalers {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** KEDA keeps its hands off the count. */
  private static final String PAUSED = "autoscaling.keda.sh/paused";

  /** KEDA sets this count, and then keeps its hands off. */
  private static final String PAUSED_REPLICAS = "autoscaling.keda.sh/paused-replicas";

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  private final ApiServer api;
  private final PinnedContext at;
  private final String namespace;
  private final String deployment;

  public Scalers(ApiServer api, PinnedContext at, String deployment) {
    this.api = api;
    this.at = at;
    this.namespace = at.namespace();
    this.deployment = deployment;
  }

  /** Reads the autoscalers that target the Deployment; never fails, but may not know. */
  public CompletableFuture<Observed<List<Scaler>>> read() {
    return horizontal()
        .thenCombine(
            keda(), (hpas, keda) -> together(hpas.map(found -> withoutKedas(found, keda)), keda));
  }

  /**
   * An autoscaler that KEDA made is KEDA's own: while the ScaledObject acts, they are one thing.
   *
   * @param scaler what it does
   * @param keda the ScaledObject that made it, if one did
   */
  private record Found(Scaler scaler, Optional<String> keda) {}

  private static List<Scaler> withoutKedas(List<Found> found, Observed<List<Scaler>> keda) {
    List<String> told =
        Scaler.acting(keda.value().orElse(List.of())).stream().map(Scaler::name).toList();
    return found.stream()
        .filter(each -> each.keda().filter(told::contains).isEmpty())
        .map(Found::scaler)
        .toList();
  }

  private CompletableFuture<Observed<List<Found>>> horizontal() {
    Resource resource = new Resource("apis/autoscaling/v2", namespace, "horizontalpodautoscalers");
    return list(resource, this::autoscaler);
  }

  private Found autoscaler(JsonNode item) {
    JsonNode spec = item.path("spec");
    String limits =
        "minReplicas %d, maxReplicas %d"
            .formatted(spec.path("minReplicas").asInt(1), spec.path("maxReplicas").asInt());
    Optional<String> keda = keda(item);
    return new Found(
        new Scaler(
            Scaler.HORIZONTAL,
            item.at("/metadata/name").asText(),
            limits + keda.map(this::made).orElse(""),
            keda.isPresent()
                ? Optional.empty()
                : Optional.of(ScalerObjects.of(Type.AUTOSCALER, item)),
            Optional.empty(),
            active(item)),
        keda);
  }

  /** Without metrics it still keeps the count within its limits. */
  private static Optional<Boolean> active(JsonNode item) {
    for (JsonNode each : item.at("/status/conditions")) {
      if (each.path("type").asText().equals("ScalingActive")) {
        return switch (each.path("status").asText()) {
          case "True" -> Optional.of(true);
          case "False" -> Optional.of(!each.path("reason").asText().equals("ScalingDisabled"));
          default -> Optional.empty();
        };
      }
    }
    return Optional.empty();
  }

  private String made(String owner) {
    return "; made by KEDA's ScaledObject %s: ".formatted(owner)
        + at.kubectl("annotate", "scaledobject/" + owner, PAUSED + "=true");
  }

  private static Optional<String> keda(JsonNode item) {
    for (JsonNode owner : item.at("/metadata/ownerReferences")) {
      if (owner.path("kind").asText().equals(Scaler.KEDA)) {
        return Optional.of(owner.path("name").asText());
      }
    }
    return Optional.of(item.at("/metadata/labels").path("scaledobject.keda.sh/name").asText())
        .filter(name -> !name.isEmpty());
  }

  /** KEDA is asked only where it is installed: elsewhere RBAC would say no, and mean nothing. */
  private CompletableFuture<Observed<List<Scaler>>> keda() {
    Resource resource = new Resource("apis/keda.sh/v1alpha1", namespace, "scaledobjects");
    return api.get("/apis/keda.sh", LIMIT)
        .thenCompose(
            answer ->
                answer.ok()
                    ? list(resource, Scalers::scaledObject)
                    : CompletableFuture.completedFuture(absent(answer)))
        .exceptionally(failure -> unknown("may not be installed: no answer about keda.sh"));
  }

  private static Observed<List<Scaler>> absent(Answer answer) {
    return answer.code() == 404
        ? Observed.known(List.of(), SteadyClock.now())
        : unknown("could not ask whether KEDA (keda.sh) is installed");
  }

  private static Scaler scaledObject(JsonNode item) {
    JsonNode count = annotation(item, PAUSED_REPLICAS);
    return new Scaler(
        Scaler.KEDA,
        item.path("metadata").path("name").asText(),
        count.isMissingNode()
            ? "minReplicaCount %d".formatted(item.path("spec").path("minReplicaCount").asInt(0))
            : held(count.asText()),
        Optional.of(ScalerObjects.of(Type.SCALED_OBJECT, item)),
        Optional.empty(),
        Optional.empty());
  }

  /** With this annotation KEDA sets the Deployment to a count of its own and keeps it there. */
  private static String held(String count) {
    String whatItDoes =
        COUNT.matcher(count).matches()
            ? "paused-replicas %s: KEDA sets the deployment to %s".formatted(count, count)
            : "paused-replicas is no number, and what KEDA makes of it is not known";
    return whatItDoes
        + ", take the annotation %s away and set %s=true".formatted(PAUSED_REPLICAS, PAUSED);
  }

  private static JsonNode annotation(JsonNode item, String name) {
    return item.path("metadata").path("annotations").path(name);
  }

  private <T> CompletableFuture<Observed<List<T>>> list(
      Resource resource, Function<JsonNode, T> scaler) {
    return api.get(resource.path(), LIMIT)
        .thenApply(answer -> targeting(answer, resource, scaler))
        .exceptionally(failure -> unknown("no answer about " + resource.plural()));
  }

  private <T> Observed<List<T>> targeting(
      Answer answer, Resource resource, Function<JsonNode, T> scaler) {
    if (answer.refused()) {
      return Observed.forbidden("may not list " + resource.plural(), SteadyClock.now());
    }
    if (answer.code() == 404) {
      return Observed.known(List.of(), SteadyClock.now());
    }
    if (!answer.isList()) {
      return unknown("could not list %s: %d".formatted(resource.plural(), answer.code()));
    }
    List<T> found = new ArrayList<>();
    for (JsonNode item : answer.json().path("items")) {
      JsonNode target = item.path("spec").path("scaleTargetRef");
      if (target.path("kind").asText("Deployment").equals("Deployment")
          && target.path("name").asText().equals(deployment)) {
        found.add(scaler.apply(item));
      }
    }
    return Observed.known(found, SteadyClock.now());
  }

  private static <T> Observed<List<T>> unknown(String reason) {
    return Observed.unknown(reason, SteadyClock.now());
  }

  /** Both lists in one; where one of them is not known, what is known is kept beside the reason. */
  public static Observed<List<Scaler>> together(
      Observed<List<Scaler>> first, Observed<List<Scaler>> second) {
    List<Scaler> all = new ArrayList<>(first.value().orElse(List.of()));
    all.addAll(second.value().orElse(List.of()));
    Observed<List<Scaler>> missing = first.isKnown() ? second : first;
    if (missing.isKnown()) {
      return Observed.known(all, first.at());
    }
    return all.isEmpty() ? missing : Observed.known(all, first.at()).lost(missing.reason());
  }

  /**
   * What the Deployment itself tells of those who keep it as they want it.
   *
   * @param named the objects of GitOps that it names
   * @param read what was read of these
   * @param at where commands that are shown are to go
   */
  public static List<Scaler> written(
      Deployment deployment,
      List<GitOps.Named> named,
      Observed<List<GitOps.Read>> read,
      PinnedContext at) {
    List<Scaler> found = new ArrayList<>();
    named.forEach(each -> found.add(GitOps.scaler(each, read, at)));
    if (found.stream().noneMatch(each -> each.kind().equals(GitOps.ARGO_CD))) {
      manager(deployment).ifPresent(found::add);
    }
    Map.of("downscaler/", "kube-downscaler", "objectset.rio.cattle.io/", "Rancher Fleet")
        .forEach((prefix, kind) -> annotated(deployment, prefix, kind, found));
    return found;
  }

  /** Who wrote to it may still keep it, by whatever way it is tracked. */
  private static Optional<Scaler> manager(Deployment deployment) {
    return deployment.metadata().managers().stream()
        .map(Deployment.FieldManager::name)
        .filter(name -> name.startsWith("argocd-"))
        .findFirst()
        .map(name -> new Scaler(GitOps.ARGO_CD, name, "field manager " + name));
  }

  private static void annotated(
      Deployment deployment, String prefix, String kind, List<Scaler> found) {
    deployment.annotations().keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .sorted()
        .findFirst()
        .ifPresent(key -> found.add(new Scaler(kind, deployment.name(), "annotation " + key)));
  }
}
