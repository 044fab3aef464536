package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.kubernetes.change.SettingPatch;
import dev.lockkeeper.snapshot.ScalerObject;
import dev.lockkeeper.snapshot.ScalerObject.Type;
import java.util.Optional;

/** Makes a {@link ScalerObject} of an object that was read. */
final class ScalerObjects {
  private ScalerObjects() {}

  static ScalerObject of(Type type, JsonNode item) {
    return of(type, item, Optional.empty());
  }

  /**
   * @param undone who would undo a change of it, if somebody would
   */
  static ScalerObject of(Type type, JsonNode item, Optional<String> undone) {
    return new ScalerObject(
        type,
        item.at("/metadata/namespace").asText(),
        item.at("/metadata/name").asText(),
        item.at("/metadata/uid").asText(),
        SettingPatch.setting(type, item).toString(),
        rests(type, item),
        undone);
  }

  private static boolean rests(Type type, JsonNode item) {
    JsonNode spec = item.path("spec");
    return switch (type) {
      case APPLICATION -> !automated(item);
      case KUSTOMIZATION, HELM_RELEASE -> spec.path("suspend").asBoolean();
      case SCALED_OBJECT -> {
        // A count beside the pause goes first: KEDA then sets the Deployment to it.
        JsonNode annotations = item.at(type.place());
        yield annotations.path("autoscaling.keda.sh/paused").asText().equals("true")
            && annotations.path("autoscaling.keda.sh/paused-replicas").isMissingNode();
      }
      case AUTOSCALER ->
          spec.path("minReplicas").asInt(1) == 1 && spec.path("maxReplicas").asInt() == 1;
    };
  }

  /** Whether Argo CD syncs an Application by itself. */
  static boolean automated(JsonNode application) {
    JsonNode automated = application.at("/spec/syncPolicy/automated");
    return automated.isObject() && automated.path("enabled").asBoolean(true);
  }
}
