package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.ScalerObject;
import dev.lockkeeper.snapshot.ScalerObject.Type;
import java.util.Optional;

/** What an operator should know of an object of GitOps, and what to type where we cannot act. */
final class GitOpsWords {
  private GitOpsWords() {}

  /** How it acts, as it is set. */
  static String of(Type type, JsonNode object) {
    return switch (type) {
      case APPLICATION -> application(object.at("/spec/syncPolicy/automated"), object);
      case HELM_RELEASE ->
          object.at("/spec/suspend").asBoolean() ? "suspended" : release(object.path("spec"));
      case KUSTOMIZATION -> object.at("/spec/suspend").asBoolean() ? "suspended" : "it reconciles";
      case SCALED_OBJECT, AUTOSCALER -> "";
    };
  }

  private static String application(JsonNode automated, JsonNode application) {
    if (!ScalerObjects.automated(application)) {
      return "no automated sync";
    }
    return automated.path("selfHeal").asBoolean()
        ? "automated sync, selfHeal: puts everything back"
        : "automated sync without selfHeal: puts it back at the next commit";
  }

  /** Flux gives up an upgrade after its time-out, whatever the migration is doing by then. */
  private static String release(JsonNode spec) {
    JsonNode upgrade = spec.path("upgrade");
    JsonNode remediation = upgrade.path("remediation");
    String timeout = upgrade.path("timeout").asText(spec.path("timeout").asText("5m0s"));
    int retries = remediation.path("retries").asInt(0);
    String strategy = remediation.path("strategy").asText("rollback");
    boolean remedies = retries != 0 || remediation.path("remediateLastFailure").asBoolean();
    return "an upgrade that takes more than %s has failed for Flux, %s"
        .formatted(
            timeout,
            remedies
                ? "which then does a %s to the old image, in the middle of a migration (retries %d)"
                    .formatted(strategy, retries)
                : "which leaves it so (no remediation)");
  }

  /** What to do where nothing is held from here; empty where it can be. */
  static String yourself(GitOps.Read read, PinnedContext at) {
    Optional<ScalerObject> object = read.object();
    if (object.isPresent()) {
      return object
          .filter(each -> !each.resting())
          .flatMap(ScalerObject::undone)
          .map("; it would be undone by %s: change it there"::formatted)
          .orElse("");
    }
    return read.place()
        .map(place -> ": " + command(read, at.in(place)))
        .orElse(": it may run in another one; pause it there");
  }

  /**
   * Each names the cluster that it is for; Argo CD's own program asks whichever it is logged in to.
   */
  private static String command(GitOps.Read read, PinnedContext there) {
    return switch (read.named().type()) {
      case APPLICATION, SCALED_OBJECT, AUTOSCALER ->
          read.known().command(there, read.named().type().held());
      case HELM_RELEASE -> there.flux("suspend", "helmrelease", read.named().name());
      case KUSTOMIZATION -> there.flux("suspend", "kustomization", read.named().name());
    };
  }
}
