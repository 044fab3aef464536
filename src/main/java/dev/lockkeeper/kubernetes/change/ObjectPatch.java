package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.MemoryRequest;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.action.ScalerRequest;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.snapshot.ObjectKind;
import dev.lockkeeper.snapshot.ScalerObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One change of the Deployment, or of another object that Helm named, in the server's terms.
 * Performing it and rehearsing it differ in nothing but a word in the query.
 *
 * @param what the object, as sentences call it
 * @param path the object that is read first and then patched
 * @param difference in what an object differs from the one that was seen when it was asked for
 * @param patch the JSON patch for an object that does not differ
 * @param done what was done, from the server's answer
 * @param otherwise in what the server's answer is not what was asked, if it is not
 * @param meant the places of the object that are meant to change, as JSON pointers
 * @param accept in which form the server is to answer
 * @param needed the right that is missing where the server says so; empty where everybody has it
 *     who may run the wizard at all
 */
record ObjectPatch(
    String what,
    String path,
    Function<JsonNode, Optional<String>> difference,
    Function<JsonNode, String> patch,
    Function<JsonNode, String> done,
    Function<JsonNode, Optional<String>> otherwise,
    Function<JsonNode, List<String>> meant,
    String accept,
    String needed) {
  private static final String REPLICAS = "/spec/replicas";
  static final String MEMORY = "/resources/limits/memory";
  private static final String DEPLOYMENT = "the deployment";
  private static final String WHOLE = "application/json, */*";

  /** A change of the Deployment. */
  private ObjectPatch(
      String path,
      Function<JsonNode, Optional<String>> difference,
      Function<JsonNode, String> patch,
      Function<JsonNode, String> done,
      Function<JsonNode, Optional<String>> otherwise,
      Function<JsonNode, List<String>> meant) {
    this(DEPLOYMENT, path, difference, patch, done, otherwise, meant, WHOLE, "");
  }

  static ObjectPatch of(ScaleRequest request) {
    return new ObjectPatch(
        path(request.namespace(), request.deployment()) + "/scale",
        seen -> Difference.of(request, seen),
        seen -> patch(request, seen),
        answer ->
            "replicas %d -> %d".formatted(request.from(), answer.at("/spec/replicas").asInt(0)),
        answer -> otherwise("replicas", request.to(), answer.at("/spec/replicas").asInt(0)),
        seen -> List.of(REPLICAS));
  }

  /**
   * A Scale of 0 may come without the field {@code replicas}, which a test of its value would then
   * miss: so the whole spec is tested in that case.
   */
  private static String patch(ScaleRequest request, JsonNode seen) {
    JsonPatch patch = new JsonPatch().test("/metadata/uid", request.uid());
    if (seen.path("spec").has("replicas")) {
      patch.test(REPLICAS, request.from());
    } else {
      patch.test("/spec", seen.path("spec"));
    }
    return patch.put(REPLICAS, request.to()).toString();
  }

  static ObjectPatch of(ImageRequest request) {
    return new ObjectPatch(
        path(request.namespace(), request.deployment()),
        seen -> Difference.of(request, seen),
        seen -> patch(request, seen),
        answer ->
            "image %s -> %s"
                .formatted(
                    request.from(),
                    Difference.container(answer, request.container())
                        .map(container -> container.path("image").asText())
                        .orElse(request.to())),
        answer ->
            Difference.container(answer, request.container())
                .flatMap(
                    container ->
                        otherwise("image", request.to(), container.path("image").asText())),
        seen -> List.of(Difference.pointer(seen, request.container()) + "/image"));
  }

  private static String patch(ImageRequest request, JsonNode seen) {
    String path = Difference.pointer(seen, request.container()) + "/";
    return new JsonPatch()
        .test("/metadata/uid", request.uid())
        .test("/metadata/generation", request.generation())
        .test(path + "name", request.container())
        .test(path + "image", request.from())
        .replace(path + "image", request.to())
        .toString();
  }

  static ObjectPatch of(ProbeRequest request) {
    ProbePatch patch = new ProbePatch(request);
    return new ObjectPatch(
        path(request.namespace(), request.deployment()),
        seen -> Difference.of(request, seen),
        patch::of,
        answer ->
            "livenessProbe %s -> %s"
                .formatted(
                    request.from().orElse("none"),
                    Difference.probe(answer, request.container())
                        .map(JsonNode::toString)
                        .orElse("none")),
        patch::otherwise,
        patch::places);
  }

  static ObjectPatch of(MemoryRequest request) {
    return new ObjectPatch(
        path(request.namespace(), request.deployment()),
        seen -> Difference.of(request, seen),
        seen -> patch(request, seen),
        answer -> "memory limit %s -> %s".formatted(request.from(), memory(request, answer)),
        answer -> otherwise("memory limit", request.to(), memory(request, answer)),
        seen -> List.of(Difference.pointer(seen, request.container()) + MEMORY));
  }

  private static String memory(MemoryRequest request, JsonNode answer) {
    return Difference.container(answer, request.container())
        .map(container -> container.at(MEMORY).asText())
        .orElse("none");
  }

  private static String patch(MemoryRequest request, JsonNode seen) {
    String path = Difference.pointer(seen, request.container());
    return new JsonPatch()
        .test("/metadata/uid", request.uid())
        .test("/metadata/generation", request.generation())
        .test(path + "/name", request.container())
        .test(path + MEMORY, request.from())
        .replace(path + MEMORY, request.to())
        .toString();
  }

  static ObjectPatch of(AdoptRequest request) {
    ClaimPatch patch = new ClaimPatch(request);
    ObjectKind kind = request.object().known().orElseThrow();
    return new ObjectPatch(
        request.object().spoken(),
        NamedObjects.path(request.object(), kind),
        patch::difference,
        patch::of,
        patch::done,
        answer -> Optional.empty(),
        seen -> patch.places(),
        NamedObjects.METADATA_ONLY,
        "; ask for get and patch on " + kind.plural());
  }

  /** The sentence for a value that is not the one that was asked. */
  static Optional<String> otherwise(String name, Object asked, Object made) {
    return asked.equals(made)
        ? Optional.empty()
        : Optional.of("%s becomes %s, and %s was asked".formatted(name, made, asked));
  }

  static ObjectPatch of(ScalerRequest request) {
    SettingPatch patch = new SettingPatch(request);
    ScalerObject object = request.object();
    return new ObjectPatch(
        object.spoken(),
        new Resource(
                "apis/" + object.type().apiVersion(), object.namespace(), object.type().plural())
            .path(object.name()),
        patch::difference,
        patch::of,
        patch::done,
        patch::otherwise,
        seen -> patch.places(),
        WHOLE,
        "; ask for get and patch on %s.%s in namespace %s, or let somebody paste: %s"
            .formatted(
                object.type().plural(),
                object.type().group(),
                object.namespace(),
                request.command()));
  }

  /** Whether it is one of the Deployment, of which Helm may own what is changed. */
  boolean ofDeployment() {
    return what.equals(DEPLOYMENT);
  }

  /** The whole object, where the path is that of its {@code scale}. */
  String whole() {
    return path.replaceFirst("/scale$", "");
  }

  static String path(String namespace, String deployment) {
    return Resource.apps(namespace, "deployments").path(deployment);
  }
}
