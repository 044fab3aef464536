package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.ScalerObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Hold a scaler, or let it go on: set the fields that tell it what it may do.
 *
 * @param at the context in which it is
 * @param object the object as it was seen; what it is set to is the old value
 * @param to what it is set to afterwards, as {@link ScalerObject#setting}
 */
public record ScalerRequest(PinnedContext at, ScalerObject object, String to) implements Request {
  /** Whether it is held by this; let go otherwise. */
  public boolean holds() {
    return to.equals(object.type().held());
  }

  @Override
  public Optional<PinnedContext> pinned() {
    return Optional.of(at);
  }

  @Override
  public String summary() {
    return switch (object.type()) {
      case AUTOSCALER -> "set %s to %s".formatted(object.spoken(), ScalerObject.spoken(to));
      case SCALED_OBJECT -> (holds() ? "pause " : "resume ") + object.spoken();
      case APPLICATION ->
          (holds() ? "suspend the automated sync of " : "put back the automated sync of ")
              + object.spoken();
      case HELM_RELEASE, KUSTOMIZATION -> (holds() ? "suspend " : "resume ") + object.spoken();
    };
  }

  @Override
  public String verb() {
    return holds() ? "Pause it" : "Resume it";
  }

  @Override
  public String command() {
    return object.command(at, to);
  }

  @Override
  public String undo() {
    return object.command(at, object.setting());
  }

  @Override
  public RequestKind kind() {
    return switch (object.type()) {
      case AUTOSCALER -> RequestKind.HPA_LIMITS;
      case SCALED_OBJECT -> RequestKind.KEDA_PAUSE;
      case APPLICATION -> RequestKind.ARGO_SYNC;
      case HELM_RELEASE, KUSTOMIZATION -> RequestKind.FLUX_SUSPEND;
    };
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> data = new TreeMap<>();
    data.put(RequestKind.KEY, kind().word());
    data.put("type", object.type().word());
    data.put("namespace", object.namespace());
    data.put("name", object.name());
    data.put("uid", object.uid());
    data.put("from", object.setting());
    data.put("to", to);
    return data;
  }

  @Override
  public Rehearsal rehearse(Operations operations) {
    return operations.cluster().rehearse(this);
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.cluster().hold(this);
  }
}
