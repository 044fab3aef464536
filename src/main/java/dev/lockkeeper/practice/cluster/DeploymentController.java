package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Names;
import dev.lockkeeper.practice.apiserver.Resources;
import java.util.List;
import java.util.Optional;

/** Makes ReplicaSets follow a Deployment, step by step, as kube-controller-manager does. */
final class DeploymentController {
  private static final Events.Source SOURCE = Events.Source.controller("deployment-controller");
  private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  private static final String MOST = "deployment.kubernetes.io/max-replicas";

  private final Control control;
  private final DeploymentStatus status;

  /**
   * @param status writes the status after each step
   */
  DeploymentController(Control control, DeploymentStatus status) {
    this.control = control;
    this.status = status;
  }

  /** Takes the next step for a Deployment, if there is one to take. */
  void sync(Key key) {
    Optional<ObjectNode> found = control.store().find(key);
    if (found.isEmpty()) {
      status.forget(key);
      return;
    }
    Rollout rollout = look(key);
    if (!Control.leaving(rollout.deployment())) {
      step(key, rollout);
    }
    status.write(key, look(key));
  }

  private Rollout look(Key key) {
    ObjectNode deployment = control.store().get(key);
    return Rollout.of(deployment, control.owned(Resources.REPLICASETS, deployment));
  }

  private void step(Key key, Rollout rollout) {
    ObjectNode deployment = rollout.deployment();
    boolean paused = deployment.at("/spec/paused").asBoolean();
    if (paused || resized(rollout)) {
      Proportions.of(rollout).forEach((set, size) -> scale(rollout, set, size));
    } else if (Json.text(deployment, "/spec/strategy/type").equals("Recreate")) {
      recreate(key, rollout);
    } else {
      roll(key, rollout);
    }
  }

  /** Whether the replica count was changed while several ReplicaSets may be active. */
  private static boolean resized(Rollout rollout) {
    int wanted = Rollout.wanted(rollout.deployment());
    return rollout.active().stream()
        .map(set -> set.at("/metadata/annotations").path(DESIRED))
        .anyMatch(desired -> desired.isTextual() && desired.asInt() != wanted);
  }

  private void recreate(Key key, Rollout rollout) {
    if (rollout.oldPods() > 0) {
      rollout.old().forEach(set -> scale(rollout, set, 0));
      return;
    }
    boolean stillThere =
        rollout.old().stream().anyMatch(set -> !control.owned(Resources.PODS, set).isEmpty());
    if (!stillThere) {
      Rollout ready = withCurrent(key, rollout);
      scale(ready, ready.current().orElseThrow(), Rollout.wanted(ready.deployment()));
    }
  }

  private void roll(Key key, Rollout before) {
    Rollout rollout = withCurrent(key, before);
    ObjectNode current = rollout.current().orElseThrow();
    RollingUpdate limits = RollingUpdate.of(rollout.deployment());
    int size = Rollout.wanted(current);
    int next =
        size > limits.replicas() ? limits.replicas() : limits.newSize(size, rollout.allPods());
    if (next != size) {
      scale(rollout, current, next);
    } else if (rollout.oldPods() > 0) {
      shrinkOld(key, rollout, limits);
    } else {
      trimHistory(rollout);
    }
  }

  /** Old pods that are not healthy go first: they serve nobody. */
  private void shrinkOld(Key key, Rollout rollout, RollingUpdate limits) {
    ObjectNode current = rollout.current().orElseThrow();
    int unavailable = Rollout.wanted(current) - Rollout.available(current);
    int left = limits.removable(rollout.allPods(), unavailable);
    if (left == 0) {
      return;
    }
    for (ObjectNode set : rollout.old()) {
      int unhealthy = Rollout.wanted(set) - Rollout.available(set);
      int gone = Math.min(left, Math.max(0, unhealthy));
      scale(rollout, set, Rollout.wanted(set) - gone);
      left -= gone;
    }
    Rollout cleaned = look(key);
    int spare = cleaned.allAvailable() - limits.fewestAvailable();
    for (ObjectNode set : cleaned.old()) {
      int gone = Math.min(Math.max(0, spare), Rollout.wanted(set));
      scale(cleaned, set, Rollout.wanted(set) - gone);
      spare -= gone;
    }
  }

  private Rollout withCurrent(Key key, Rollout rollout) {
    int newest = rollout.old().stream().mapToInt(Rollout::revision).max().orElse(0);
    if (rollout.current().isPresent()) {
      ObjectNode set = rollout.current().get();
      int revision = Math.max(Rollout.revision(set), newest + 1);
      annotate(Key.of(Resources.REPLICASETS, set), revision);
      annotate(key, revision);
    } else {
      create(rollout, newest + 1);
      annotate(key, newest + 1);
      status.progressed(key);
    }
    return look(key);
  }

  private void annotate(Key key, int revision) {
    control
        .store()
        .update(
            key,
            Control.MANAGER,
            object -> {
              Json.child(Json.metadata(object), "annotations")
                  .put("deployment.kubernetes.io/revision", Integer.toString(revision));
              return object;
            });
  }

  private void create(Rollout rollout, int revision) {
    ObjectNode deployment = rollout.deployment();
    ObjectNode template = (ObjectNode) deployment.at("/spec/template").deepCopy();
    String hash = Names.hash(template);
    Json.child(Json.metadata(template), "labels").put(Rollout.HASH, hash);
    ObjectNode selector = (ObjectNode) deployment.at("/spec/selector").deepCopy();
    Json.child(selector, "matchLabels").put(Rollout.HASH, hash);
    RollingUpdate limits = RollingUpdate.of(deployment);
    boolean recreate = Json.text(deployment, "/spec/strategy/type").equals("Recreate");
    int size = recreate ? limits.replicas() : limits.newSize(0, rollout.allPods());
    ObjectNode annotations =
        Json.object("deployment.kubernetes.io/revision", Integer.toString(revision));
    annotations.put(DESIRED, Integer.toString(limits.replicas()));
    annotations.put(MOST, Integer.toString(limits.most()));
    ObjectNode metadata =
        Json.object(
            "name",
            Json.name(deployment) + "-" + hash,
            "labels",
            template.at("/metadata/labels").deepCopy(),
            "annotations",
            annotations,
            "ownerReferences",
            List.of(Control.reference(deployment)));
    ObjectNode spec = Json.object("replicas", size, "selector", selector, "template", template);
    JsonNode minReady = deployment.at("/spec/minReadySeconds");
    if (minReady.isInt()) {
      spec.set("minReadySeconds", minReady);
    }
    ObjectNode set =
        control
            .store()
            .create(
                Resources.REPLICASETS,
                Json.namespace(deployment),
                Json.object("metadata", metadata, "spec", spec),
                Control.MANAGER);
    if (size > 0) {
      tell(deployment, set, 0, size);
    }
  }

  private void scale(Rollout rollout, ObjectNode set, int size) {
    RollingUpdate limits = RollingUpdate.of(rollout.deployment());
    int before = Rollout.wanted(set);
    control
        .store()
        .update(
            Key.of(Resources.REPLICASETS, set),
            Control.MANAGER,
            object -> {
              Json.child(object, "spec").put("replicas", size);
              Json.child(Json.metadata(object), "annotations")
                  .put(DESIRED, Integer.toString(limits.replicas()))
                  .put(MOST, Integer.toString(limits.most()));
              return object;
            });
    if (size != before) {
      tell(rollout.deployment(), set, before, size);
    }
  }

  private void tell(ObjectNode deployment, ObjectNode set, int before, int after) {
    String message =
        "Scaled %s replica set %s from %d to %d"
            .formatted(after > before ? "up" : "down", Json.name(set), before, after);
    control.events().tell(deployment, SOURCE, Events.Told.normal("ScalingReplicaSet", message));
  }

  /** Forgets old ReplicaSets beyond the history that is wanted. */
  private void trimHistory(Rollout rollout) {
    int limit = Json.number(rollout.deployment(), "/spec/revisionHistoryLimit", 10);
    List<ObjectNode> idle =
        rollout.old().stream()
            .filter(set -> Rollout.wanted(set) == 0)
            .filter(set -> Json.number(set, "/status/replicas", 0) == 0)
            .toList();
    for (ObjectNode set : idle.subList(0, Math.max(0, idle.size() - limit))) {
      control.store().delete(Key.of(Resources.REPLICASETS, set), Deletion.ordinary());
    }
  }
}
