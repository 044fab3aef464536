package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;
import java.util.Map;
import java.util.Optional;

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
    implements Request {
  /** Its namespace. */
  public String namespace() {
    return at.namespace();
  }

  @Override
  public Optional<PinnedContext> pinned() {
    return Optional.of(at);
  }

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
  public Map<String, String> identity() {
    return Map.of(
        RequestKind.KEY,
        kind().word(),
        "namespace",
        at.namespace(),
        "deployment",
        deployment,
        "uid",
        uid,
        "generation",
        Long.toString(generation),
        "container",
        container,
        "from",
        from,
        "to",
        to);
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
