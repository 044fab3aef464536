package dev.lockkeeper.action;

import dev.lockkeeper.analysis.LivenessProbe;
import dev.lockkeeper.snapshot.PinnedContext;
import java.util.Optional;

/**
 * Change the liveness probe of one container of a Deployment: take it out, soften it, or put it
 * back exactly.
 *
 * @param at its context and namespace
 * @param deployment its name
 * @param uid its uid
 * @param generation its generation when it was seen: any change of its specification since then
 *     refuses the request
 * @param container the container's name
 * @param from the probe that was seen, as JSON; empty when there was none
 * @param to the probe that is wanted, as JSON; empty to have none
 */
public record ProbeRequest(
    PinnedContext at,
    String deployment,
    String uid,
    long generation,
    String container,
    Optional<String> from,
    Optional<String> to)
    implements ContainerRequest {
  @Override
  public String summary() {
    return to.isEmpty()
        ? "take the liveness probe out of deployment/" + deployment
        : from.isEmpty()
            ? "put the liveness probe of deployment/%s back".formatted(deployment)
            : "change the liveness probe of deployment/" + deployment;
  }

  @Override
  public String verb() {
    return to.isEmpty() ? "Take it out" : from.isEmpty() ? "Put it back" : "Change the probe";
  }

  @Override
  public String command() {
    return command(to);
  }

  @Override
  public String undo() {
    return command(from);
  }

  private String command(Optional<String> probe) {
    return at.kubectl(
        "patch",
        "deployment/" + deployment,
        "--type=strategic",
        "-p",
        LivenessProbe.patch(container, probe));
  }

  @Override
  public RequestKind kind() {
    return RequestKind.LIVENESS_PROBE;
  }

  @Override
  public String before() {
    return from.orElse("");
  }

  @Override
  public String after() {
    return to.orElse("");
  }

  @Override
  public Rehearsal rehearse(Operations operations) {
    return operations.cluster().rehearse(this);
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.cluster().setProbe(this);
  }
}
