package dev.lockkeeper.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Scaler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds out what else may change the replica count. */
final class Scalers {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** KEDA keeps its hands off the count. */
  private static final String PAUSED = "autoscaling.keda.sh/paused";

  /** KEDA sets this count, and then keeps its hands off. */
  private static final String PAUSED_REPLICAS = "autoscaling.keda.sh/paused-replicas";

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  private final ApiServer api;
  private final String namespace;
  private final String deployment;

  Scalers(ApiServer api, String namespace, String deployment) {
    this.api = api;
    this.namespace = namespace;
    this.deployment = deployment;
  }

  /** Reads the autoscalers that target the Deployment; never fails, but may not know. */
  CompletableFuture<Observed<List<Scaler>>> read() {
    return horizontal().thenCombine(keda(), Scalers::together);
  }

  private CompletableFuture<Observed<List<Scaler>>> horizontal() {
    Resource resource = new Resource("apis/autoscaling/v2", namespace, "horizontalpodautoscalers");
    return list(
        resource,
        item -> true,
        item ->
            new Scaler(
                Scaler.HORIZONTAL,
                item.path("metadata").path("name").asText(),
                "minReplicas %d, maxReplicas %d"
                    .formatted(
                        item.path("spec").path("minReplicas").asInt(1),
                        item.path("spec").path("maxReplicas").asInt())));
  }

  /** KEDA is asked only where it is installed: elsewhere RBAC would say no, and mean nothing. */
  private CompletableFuture<Observed<List<Scaler>>> keda() {
    Resource resource = new Resource("apis/keda.sh/v1alpha1", namespace, "scaledobjects");
    return api.get("/apis/keda.sh", LIMIT)
        .thenCompose(
            answer ->
                answer.ok()
                    ? list(resource, item -> !paused(item), Scalers::scaledObject)
                    : CompletableFuture.completedFuture(absent(answer)))
        .exceptionally(failure -> unknown("may not be installed: no answer about keda.sh"));
  }

  private static Observed<List<Scaler>> absent(Answer answer) {
    return answer.code() == 404
        ? Observed.known(List.of(), Instant.now())
        : unknown("could not ask whether KEDA (keda.sh) is installed");
  }

  private static Scaler scaledObject(JsonNode item) {
    JsonNode count = annotation(item, PAUSED_REPLICAS);
    return new Scaler(
        Scaler.KEDA,
        item.path("metadata").path("name").asText(),
        count.isMissingNode()
            ? "minReplicaCount %d".formatted(item.path("spec").path("minReplicaCount").asInt(0))
            : held(count.asText()));
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

  /** KEDA leaves alone what is marked so, unless a count stands beside it, which goes first. */
  private static boolean paused(JsonNode item) {
    return annotation(item, PAUSED_REPLICAS).isMissingNode()
        && annotation(item, PAUSED).asText().equals("true");
  }

  private static JsonNode annotation(JsonNode item, String name) {
    return item.path("metadata").path("annotations").path(name);
  }

  private CompletableFuture<Observed<List<Scaler>>> list(
      Resource resource, Predicate<JsonNode> acts, Function<JsonNode, Scaler> scaler) {
    return api.get(resource.path(), LIMIT)
        .thenApply(answer -> targeting(answer, resource, acts, scaler))
        .exceptionally(failure -> unknown("no answer about " + resource.plural()));
  }

  private Observed<List<Scaler>> targeting(
      Answer answer,
      Resource resource,
      Predicate<JsonNode> acts,
      Function<JsonNode, Scaler> scaler) {
    if (answer.refused()) {
      return unknown("may not list " + resource.plural());
    }
    if (answer.code() == 404) {
      return Observed.known(List.of(), Instant.now());
    }
    if (!answer.ok()) {
      return unknown("could not list %s: %d".formatted(resource.plural(), answer.code()));
    }
    List<Scaler> found = new ArrayList<>();
    for (JsonNode item : answer.json().path("items")) {
      JsonNode target = item.path("spec").path("scaleTargetRef");
      if (acts.test(item)
          && target.path("kind").asText("Deployment").equals("Deployment")
          && target.path("name").asText().equals(deployment)) {
        found.add(scaler.apply(item));
      }
    }
    return Observed.known(found, Instant.now());
  }

  private static Observed<List<Scaler>> unknown(String reason) {
    return Observed.unknown(reason, Instant.now());
  }

  /** Both lists in one; where one of them is not known, what is known is kept beside the reason. */
  static Observed<List<Scaler>> together(
      Observed<List<Scaler>> first, Observed<List<Scaler>> second) {
    List<Scaler> all = new ArrayList<>(first.value().orElse(List.of()));
    all.addAll(second.value().orElse(List.of()));
    String reason = first.isKnown() ? second.reason() : first.reason();
    if (reason.isEmpty()) {
      return Observed.known(all, first.at());
    }
    return all.isEmpty()
        ? Observed.unknown(reason, first.at())
        : Observed.known(all, first.at()).lost(reason);
  }

  /** What the Deployment itself tells of those who keep it as they want it. */
  static List<Scaler> written(Deployment deployment) {
    List<Scaler> found = new ArrayList<>();
    argo(deployment, found);
    for (String tool : List.of("helm", "kustomize")) {
      String label = tool + ".toolkit.fluxcd.io/name";
      if (deployment.labels().containsKey(label)) {
        found.add(new Scaler("Flux", deployment.labels().get(label), "label " + label));
      }
    }
    Map.of("downscaler/", "kube-downscaler", "objectset.rio.cattle.io/", "Rancher Fleet")
        .forEach((prefix, kind) -> annotated(deployment, prefix, kind, found));
    return found;
  }

  private static void argo(Deployment deployment, List<Scaler> found) {
    String annotation = "argocd.argoproj.io/tracking-id";
    String id = deployment.annotations().get(annotation);
    if (id != null) {
      found.add(new Scaler("Argo CD", id.split(":", 2)[0], "annotation " + annotation));
      return;
    }
    deployment.managers().stream()
        .map(Deployment.FieldManager::name)
        .filter(name -> name.startsWith("argocd-"))
        .findFirst()
        .ifPresent(name -> found.add(new Scaler("Argo CD", name, "field manager " + name)));
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
