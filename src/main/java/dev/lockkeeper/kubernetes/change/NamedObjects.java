package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.api.Times;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.NamedObject;
import dev.lockkeeper.snapshot.NamedObject.Metadata;
import dev.lockkeeper.snapshot.ObjectKind;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the object that Helm named when it refused. The server is asked for metadata alone: what is
 * in a Secret never comes here.
 */
public final class NamedObjects {
  /** Without a second choice: a server that cannot leave the rest out shall not answer. */
  static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Who wrote longer ago is told by others in the list. */
  private static final int MANAGERS = 5;

  private final ApiServer api;
  private volatile Optional<ObjectName> sought = Optional.empty();

  public NamedObjects(ApiServer api) {
    this.api = api;
  }

  /** From now on this object is read, or none. */
  public void seek(Optional<ObjectName> name) {
    sought = name;
  }

  /** Never fails, but may not know. Asks nothing while nothing is sought. */
  public CompletableFuture<Observed<NamedObject>> read() {
    Optional<ObjectName> name = sought;
    Optional<ObjectKind> kind = name.flatMap(ObjectName::known);
    if (kind.isEmpty()) {
      return CompletableFuture.completedFuture(Observed.notYet(SteadyClock.now()));
    }
    return api.get(path(name.get(), kind.get()), METADATA_ONLY, LIMIT)
        .thenApply(answer -> read(name.get(), kind.get(), answer))
        .exceptionally(failure -> unknown("no answer about " + name.get().spoken()));
  }

  private static Observed<NamedObject> read(ObjectName name, ObjectKind kind, Answer answer) {
    if (answer.refused()) {
      return Observed.forbidden(
          "may not get %s: ask for get and patch on %s".formatted(name.spoken(), kind.plural()),
          SteadyClock.now());
    }
    if (answer.code() == 404 && isAbout(answer, name)) {
      return Observed.known(new NamedObject(name, Optional.empty()), SteadyClock.now());
    }
    if (!answer.ok()) {
      return unknown("could not get %s: %d".formatted(name.spoken(), answer.code()));
    }
    return Observed.known(
        new NamedObject(name, Optional.of(metadata(answer.json()))), SteadyClock.now());
  }

  /** A server that does not know the kind says 404 as well, and names no object. */
  private static boolean isAbout(Answer answer, ObjectName name) {
    return answer.json().at("/details/name").asText().equals(name.name())
        || answer.message().endsWith("\"%s\" not found".formatted(name.name()));
  }

  /** Where the object is. */
  static String path(ObjectName name, ObjectKind kind) {
    Resource resource = new Resource(kind.root(), name.namespace(), kind.plural());
    return kind.namespaced() ? resource.path(name.name()) : resource.pathOfAll(name.name());
  }

  private static Metadata metadata(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    List<String> owners = new ArrayList<>();
    for (JsonNode owner : metadata.path("ownerReferences")) {
      owners.add(owner.path("kind").asText() + "/" + owner.path("name").asText());
    }
    return new Metadata(
        metadata.path("uid").asText(),
        metadata.path("resourceVersion").asText(),
        claim(object),
        Times.instant(metadata.path("creationTimestamp").asText()),
        owners,
        managers(metadata.path("managedFields")));
  }

  private static List<FieldManager> managers(JsonNode fields) {
    List<FieldManager> managers = new ArrayList<>();
    for (JsonNode each : fields) {
      managers.add(
          new FieldManager(
              each.path("manager").asText(),
              each.path("subresource").asText(),
              Times.instant(each.path("time").asText())));
    }
    managers.sort(Comparator.comparing(FieldManager::at).reversed());
    return managers.stream().filter(each -> each.subresource().isEmpty()).limit(MANAGERS).toList();
  }

  /** To which release an object says that it belongs. */
  static HelmClaim claim(JsonNode object) {
    JsonNode annotations = object.at("/metadata/annotations");
    return new HelmClaim(
        text(object.at("/metadata/labels"), HelmClaim.MANAGED_BY),
        text(annotations, HelmClaim.RELEASE),
        text(annotations, HelmClaim.NAMESPACE));
  }

  private static Optional<String> text(JsonNode map, String key) {
    return Optional.ofNullable(map.get(key)).map(JsonNode::asText);
  }

  private static Observed<NamedObject> unknown(String reason) {
    return Observed.unknown(reason, SteadyClock.now());
  }
}
