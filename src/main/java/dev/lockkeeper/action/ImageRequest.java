package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;

/**
 * Change the image of one container of a Deployment.
 *
 * @param at its context and namespace
 * @param deployment its name
 * @param uid its uid
 * @param generation its generation when it was seen: any change of its specification since then
 *     refuses the request
 * @param container the container's name
 * @param from the image that was seen
 * @param to the image that is wanted
 */
public record ImageRequest(
    PinnedContext at,
    String deployment,
    String uid,
    long generation,
    String container,
    String from,
    String to)
    implements ContainerRequest {
  @Override
  public String summary() {
    return "change the image of deployment/%s to %s".formatted(deployment, to);
  }

  @Override
  public String verb() {
    return "Change the image";
  }

  @Override
  public String command() {
    return command(to);
  }

  @Override
  public String undo() {
    return command(from);
  }

  private String command(String image) {
    return at.kubectl("set", "image", "deployment/" + deployment, container + "=" + image);
  }

  @Override
  public RequestKind kind() {
    return RequestKind.IMAGE;
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
    return operations.cluster().setImage(this);
  }
}
