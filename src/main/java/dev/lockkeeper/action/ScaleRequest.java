package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;
import java.util.Map;
import java.util.Optional;

/**
 * Change the replica count of a Deployment.
 *
 * @param at its context and namespace
 * @param deployment its name
 * @param uid its uid: another Deployment of the same name is another target
 * @param from the replica count that was seen
 * @param to the replica count that is wanted
 */
public record ScaleRequest(PinnedContext at, String deployment, String uid, int from, int to)
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
    return "scale deployment/%s from %d to %d".formatted(deployment, from, to);
  }

  @Override
  public String verb() {
    return "Scale to " + to;
  }

  @Override
  public String command() {
    return command(from, to);
  }

  @Override
  public String undo() {
    return command(to, from);
  }

  private String command(int current, int wanted) {
    return at.kubectl(
        "scale",
        "deployment/" + deployment,
        "--current-replicas=" + current,
        "--replicas=" + wanted);
  }

  @Override
  public RequestKind kind() {
    return RequestKind.SCALE;
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
        "from",
        Integer.toString(from),
        "to",
        Integer.toString(to));
  }

  @Override
  public Rehearsal rehearse(Operations operations) {
    return operations.cluster().rehearse(this);
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.cluster().scale(this);
  }
}
