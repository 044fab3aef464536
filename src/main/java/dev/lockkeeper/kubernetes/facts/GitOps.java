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
import dev.lockkeeper.snapshot.ScalerObject;
import dev.lockkeeper.snapshot.ScalerObject.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads the objects of Argo CD and Flux that a Deployment names as those that keep it. */
public final class GitOps {
  static final String ARGO_CD = "Argo CD";
  private static final String FLUX = "Flux";
  private static final String TRACKING = "argocd.argoproj.io/tracking-id";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Where Applications are by the manifests of Argo CD and of OpenShift. */
  private static final List<String> USUAL = List.of("argocd", "openshift-gitops");

  private final ApiServer api;
  private final List<Named> sought = new CopyOnWriteArrayList<>();

  public GitOps(ApiServer api) {
    this.api = api;
  }

  /**
   * An object that a Deployment names.
   *
   * @param type what it is
   * @param namespaces where it may be, the likeliest first
   * @param name its name
   * @param evidence by what it was named
   */
  public record Named(Type type, List<String> namespaces, String name, String evidence) {}

  /**
   * What was read of one.
   *
   * @param named which
   * @param place the namespace where it is, or where we may not look for it; empty where it is in
   *     none of its namespaces
   * @param object it, where it could be read
   * @param said what else is to be known of it, or why it could not be read
   * @param reverted what it reports to have put back, if it does
   */
  public record Read(
      Named named,
      Optional<String> place,
      Optional<ScalerObject> object,
      String said,
      Optional<String> reverted) {
    /** It, or else its name and where it may be. */
    public ScalerObject known() {
      return object.orElseGet(
          () ->
              new ScalerObject(
                  named.type(),
                  place.orElse(named.namespaces().get(0)),
                  named.name(),
                  "",
                  "{}",
                  false,
                  Optional.empty()));
    }
  }

  /** Those that this Deployment names, by marks that name this very Deployment. */
  public static List<Named> named(String namespace, Deployment deployment) {
    List<Named> found = new ArrayList<>();
    tracked(
            deployment.annotations().getOrDefault(TRACKING, ""),
            "apps/Deployment:%s/%s".formatted(namespace, deployment.name()))
        .ifPresent(found::add);
    Map<Type, String> marks = Map.of(Type.HELM_RELEASE, "helm", Type.KUSTOMIZATION, "kustomize");
    for (Type type : List.of(Type.HELM_RELEASE, Type.KUSTOMIZATION)) {
      String prefix = marks.get(type) + ".toolkit.fluxcd.io/";
      String name = deployment.metadata().labels().getOrDefault(prefix + "name", "");
      if (!name.isEmpty()) {
        String place =
            deployment.metadata().labels().getOrDefault(prefix + "namespace", "flux-system");
        found.add(new Named(type, List.of(place), name, "label " + prefix + "name"));
      }
    }
    return found;
  }

  /**
   * Argo CD heeds a tracking id only where it names the object that has it: a copy proves nothing.
   */
  private static Optional<Named> tracked(String id, String object) {
    String[] parts = id.split(":", 2);
    if (parts.length < 2 || parts[0].isEmpty() || !parts[1].equals(object)) {
      return Optional.empty();
    }
    // An Application of another namespace than Argo CD's own has it before its name.
    int place = parts[0].indexOf('_');
    Set<String> namespaces = new LinkedHashSet<>();
    if (place > 0) {
      namespaces.add(parts[0].substring(0, place));
    }
    namespaces.addAll(USUAL);
    return Optional.of(
        new Named(
            Type.APPLICATION,
            List.copyOf(namespaces),
            parts[0].substring(place + 1),
            "annotation " + TRACKING));
  }

  /** From now on these are read. */
  public void seek(List<Named> named) {
    if (!sought.equals(named)) {
      sought.clear();
      sought.addAll(named);
    }
  }

  /** Never fails; what could not be read says why. */
  public CompletableFuture<Observed<List<Read>>> read() {
    CompletableFuture<List<Read>> all = CompletableFuture.completedFuture(List.of());
    for (Named each : sought) {
      all =
          all.thenCombine(
              read(each, each.namespaces(), missing(each)),
              (before, one) -> {
                List<Read> more = new ArrayList<>(before);
                more.add(one);
                return List.copyOf(more);
              });
    }
    return all.thenApply(reads -> Observed.known(reads, SteadyClock.now()));
  }

  private static Read missing(Named named) {
    return unread(
        named,
        Optional.empty(),
        "not found in namespace " + String.join(" or ", named.namespaces()) + " of this cluster");
  }

  private static Read unread(Named named, Optional<String> place, String why) {
    return new Read(named, place, Optional.empty(), why, Optional.empty());
  }

  private CompletableFuture<Read> read(Named named, List<String> places, Read otherwise) {
    if (places.isEmpty()) {
      return CompletableFuture.completedFuture(otherwise);
    }
    String place = places.get(0);
    Resource resource = resource(named.type(), place);
    return api.get(resource.path(named.name()), LIMIT)
        .exceptionally(failure -> new Answer(0, ""))
        .thenCompose(
            answer -> {
              if (answer.ok()) {
                return found(named, place, answer.json());
              }
              boolean known = answer.code() == 404 || otherwise.place().isPresent();
              return read(
                  named,
                  places.subList(1, places.size()),
                  known ? otherwise : unread(named, Optional.of(place), why(named, place, answer)));
            });
  }

  private static Resource resource(Type type, String namespace) {
    return new Resource("apis/" + type.apiVersion(), namespace, type.plural());
  }

  private static String why(Named named, String namespace, Answer answer) {
    return answer.refused()
        ? "may not get %s in namespace %s".formatted(named.type().plural(), namespace)
        : "no answer about %s in namespace %s".formatted(named.type().plural(), namespace);
  }

  private CompletableFuture<Read> found(Named named, String place, JsonNode object) {
    return owner(named.type(), object)
        .thenApply(
            undone ->
                new Read(
                    named,
                    Optional.of(place),
                    Optional.of(ScalerObjects.of(named.type(), object, undone)),
                    GitOpsWords.of(named.type(), object),
                    remediated(object)));
  }

  /** Flux says so in a condition, and takes it back once an upgrade has gone through. */
  private static Optional<String> remediated(JsonNode object) {
    for (JsonNode each : object.at("/status/conditions")) {
      if (each.path("type").asText().equals("Remediated")
          && each.path("status").asText().equals("True")) {
        return Optional.of(each.path("reason").asText() + ": " + each.path("message").asText());
      }
    }
    return Optional.empty();
  }

  /** Who would undo a change of it: an ApplicationSet, or a parent that heals or cannot be read. */
  private CompletableFuture<Optional<String>> owner(Type type, JsonNode object) {
    for (JsonNode owner : object.at("/metadata/ownerReferences")) {
      if (owner.path("kind").asText().equals("ApplicationSet")) {
        return done("ApplicationSet " + owner.path("name").asText());
      }
    }
    String flux = object.at("/metadata/labels").path("kustomize.toolkit.fluxcd.io/name").asText();
    if (type == Type.APPLICATION && !flux.isEmpty()) {
      return done("Flux's Kustomization " + flux);
    }
    String namespace = object.at("/metadata/namespace").asText();
    return tracked(
            object.at("/metadata/annotations").path(TRACKING).asText(),
            "%s/%s:%s/%s"
                .formatted(
                    type.group(), type.kind(), namespace, object.at("/metadata/name").asText()))
        .map(parent -> parent(parent, namespace))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  private CompletableFuture<Optional<String>> parent(Named parent, String near) {
    List<String> places = new ArrayList<>(List.of(near));
    places.addAll(parent.namespaces());
    return raw(parent, places)
        .thenApply(
            found ->
                found
                    .map(GitOps::heals)
                    .map(heals -> Optional.of("Application " + parent.name()).filter(any -> heals))
                    .orElse(Optional.of("Application %s, if it heals".formatted(parent.name()))));
  }

  private static boolean heals(JsonNode application) {
    return ScalerObjects.automated(application)
        && application.at("/spec/syncPolicy/automated/selfHeal").asBoolean();
  }

  private CompletableFuture<Optional<JsonNode>> raw(Named named, List<String> places) {
    if (places.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return api.get(resource(named.type(), places.get(0)).path(named.name()), LIMIT)
        .exceptionally(failure -> new Answer(0, ""))
        .thenCompose(
            answer ->
                answer.ok()
                    ? CompletableFuture.completedFuture(Optional.of(answer.json()))
                    : raw(named, places.subList(1, places.size())));
  }

  private static CompletableFuture<Optional<String>> done(String owner) {
    return CompletableFuture.completedFuture(Optional.of(owner));
  }

  /** One that the Deployment names, with what was read of it. */
  static Scaler scaler(Named named, Observed<List<Read>> reads, PinnedContext at) {
    String kind = named.type() == Type.APPLICATION ? ARGO_CD : FLUX;
    Optional<Read> read =
        reads.value().orElse(List.of()).stream()
            .filter(each -> each.named().equals(named))
            .findFirst();
    Optional<ScalerObject> object = read.flatMap(Read::object);
    String said = read.map(each -> "; " + each.said() + GitOpsWords.yourself(each, at)).orElse("");
    return new Scaler(
        kind,
        named.name(),
        named.evidence() + said,
        object,
        read.flatMap(Read::reverted),
        Optional.empty());
  }
}
