package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import dev.lockkeeper.snapshot.ObjectKind;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.Right.Use;
import dev.lockkeeper.snapshot.ScalerObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the API server what our user may do. That it would allow something is no proof: admission
 * may still refuse it. That it would not is.
 */
public final class AccessReviews {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String PATH = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final String APPS = "apps";

  private final ApiServer api;
  private final String namespace;

  public AccessReviews(ApiServer api, String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /**
   * What it is about, which decides what is needed.
   *
   * @param deployment the Deployment that runs coderd
   * @param secrets the Secrets in which the database's URL is looked for
   * @param ofRelease whether Helm noted a release at it; who has none needs no right for it
   * @param objects what that release has made, such as {@code Service coder}
   * @param ofV1 whether its chart is one of Coder v1
   * @param scalers what would have to be held
   */
  public record About(
      String deployment,
      List<String> secrets,
      boolean ofRelease,
      List<String> objects,
      boolean ofV1,
      List<ScalerObject> scalers) {}

  /** All that the wizard needs. */
  public List<Right> all(About about) {
    String deployment = about.deployment();
    List<CompletableFuture<Right>> asked = new ArrayList<>();
    asked.add(ask(Use.WATCH, APPS, "deployments", deployment, "get", "list", "watch"));
    asked.add(ask(Use.WATCH, APPS, "replicasets", "", "list", "watch"));
    asked.add(ask(Use.WATCH, "", "pods", "", "list", "watch"));
    asked.add(ask(Use.WATCH, "", "events", "", "list", "watch"));
    asked.add(ask(Use.SCALE, APPS, "deployments/scale", deployment, "get", "patch"));
    asked.add(ask(Use.CHANGE_IMAGE, APPS, "deployments", deployment, "get", "patch"));
    asked.add(ask(Use.CHANGE_PROBE, APPS, "deployments", deployment, "get", "patch"));
    String lease = LeaseElector.lease(deployment);
    asked.add(
        ask(Use.HOLD_LEASE, "coordination.k8s.io", "leases", lease, "get", "create", "update"));
    asked.add(ask(Use.SEE_SCALERS, "autoscaling", "horizontalpodautoscalers", "", "list"));
    asked.add(ask(Use.ASK_SERVERS, "", "pods/proxy", "", "get"));
    asked.add(ask(Use.READ_LOGS, "", "pods/log", "", "get"));
    about
        .secrets()
        .forEach(secret -> asked.add(ask(Use.FIND_DATABASE, "", "secrets", secret, "get")));
    if (about.ofRelease()) {
      asked.addAll(asked(about.objects()));
    }
    if (about.ofV1()) {
      asked.add(ask(Use.SEE_SERVICES, "", "services", "", "list"));
    }
    about
        .scalers()
        .forEach(
            each ->
                asked.add(
                    new AccessReviews(api, each.namespace())
                        .ask(
                            Use.HOLD_SCALERS,
                            each.type().group(),
                            each.type().plural(),
                            each.name(),
                            "get",
                            "patch")));
    asked.add(ask(Use.IDENTIFY, "", "namespaces", namespace, "get"));
    return asked.stream().map(CompletableFuture::join).toList();
  }

  /** What Helm needs for its Secrets and for these objects. */
  CompletableFuture<List<Right>> helm(List<String> objects) {
    List<CompletableFuture<Right>> asked = asked(objects);
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
  }

  private List<CompletableFuture<Right>> asked(List<String> objects) {
    List<CompletableFuture<Right>> asked = new ArrayList<>();
    asked.add(ask(Use.READ_RELEASES, "", "secrets", "", "list", "get"));
    asked.add(ask(Use.RUN_HELM, "", "secrets", "", "create", "update", "delete"));
    objects.stream().distinct().map(each -> each.split(" ", 2)).map(this::made).forEach(asked::add);
    return asked;
  }

  /** Helm reads what it made, and patches it; what of it is unknown here is not asked. */
  private CompletableFuture<Right> made(String... object) {
    return ObjectKind.of(object[0])
        .map(
            kind ->
                new AccessReviews(api, kind.namespaced() ? namespace : "")
                    .ask(Use.RUN_HELM, kind.group(), kind.plural(), object[1], "get", "patch"))
        .orElseGet(
            () ->
                CompletableFuture.completedFuture(
                    new Right(
                        Use.RUN_HELM,
                        List.of("get", "patch"),
                        "",
                        object[0],
                        object[1],
                        Observed.unknown(
                            "objects of the kind %s are not asked about".formatted(object[0]),
                            SteadyClock.now()))));
  }

  private CompletableFuture<Right> ask(
      Use use, String group, String resource, String name, String... verbs) {
    CompletableFuture<Observed<List<String>>> denied =
        CompletableFuture.completedFuture(Observed.known(List.of(), SteadyClock.now()));
    for (String verb : verbs) {
      denied =
          denied.thenCombine(
              allows(verb, group, resource, name), (all, allowed) -> with(all, verb, allowed));
    }
    return denied.thenApply(all -> new Right(use, List.of(verbs), group, resource, name, all));
  }

  private static Observed<List<String>> with(
      Observed<List<String>> denied, String verb, Observed<Boolean> allowed) {
    if (!allowed.isKnown()) {
      return denied.lost(allowed.reason());
    }
    return denied.map(
        verbs -> {
          List<String> more = new ArrayList<>(verbs);
          if (!allowed.value().orElseThrow()) {
            more.add(verb);
          }
          return List.copyOf(more);
        });
  }

  /** One question; never fails, but may not know. */
  private CompletableFuture<Observed<Boolean>> allows(
      String verb, String group, String resource, String name) {
    return api.post(PATH, review(verb, group, resource, name), LIMIT)
        .thenApply(AccessReviews::read)
        .exceptionally(
            failure ->
                Observed.unknown(new ApiErrors(api.server()).silence(failure), SteadyClock.now()));
  }

  private static Observed<Boolean> read(Answer answer) {
    return answer.ok() && answer.json().at("/status/allowed").isBoolean()
        ? Observed.known(answer.json().at("/status/allowed").asBoolean(), SteadyClock.now())
        : Observed.unknown(
            "the access review was answered with %d".formatted(answer.code()), SteadyClock.now());
  }

  private String review(String verb, String group, String resource, String name) {
    String[] parts = resource.split("/", 2);
    ObjectNode review = Json.MAPPER.createObjectNode();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
    ObjectNode asked = review.putObject("spec").putObject("resourceAttributes");
    asked.put("verb", verb).put("group", group).put("resource", parts[0]);
    if (parts.length > 1) {
      asked.put("subresource", parts[1]);
    }
    if (!name.isEmpty()) {
      asked.put("name", name);
    }
    asked.put("namespace", namespace);
    return review.toString();
  }
}
