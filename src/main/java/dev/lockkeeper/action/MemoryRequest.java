package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;

/**
 * Change the memory limit of one container of a Deployment.
 *
 * @param at its context and namespace
 * @param deployment its name
 * @param uid its uid
 * @param generation its generation when it was seen: any change of its specification since then
 *     refuses the request
 * @param container the container's name
 * @param from the limit that was seen, such as {@code 512Mi}
 * @param to the limit that is wanted
 */
public record MemoryRequest(
    PinnedContext at,
    String deployment,
    String uid,
    long generation,
    String container,
    String from,
    String to)
    implements ContainerRequest {
  @Override
  public RequestKind kind() {
    return RequestKind.MEMORY_LIMIT;
  }

  @Override
  public String summary() {
    return "raise the memory limit of deployment/%s from %s to %s".formatted(deployment, from, to);
  }

  @Override
  public String verb() {
    return "Raise the limit";
  }

  @Override
  public String command() {
    return command(to);
  }

  @Override
  public String undo() {
    return command(from);
  }

  private String command(String limit) {
    return at.kubectl(
        "set",
        "resources",
        "deployment/" + deployment,
        "-c",
        container,
        "--limits=memory=" + limit);
  }

  @Override
  public String before() {
    return from;
  }

  @Override
  public String after() {
    return to;
  }

  @Override
  public Rehearsal rehearse(Operations operations) {
    return operations.cluster().rehearse(this);
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.cluster().setMemoryLimit(this);
  }
}
