package dev.lockkeeper.action;

import java.util.Map;

/**
 * Change the replica count of a Deployment.
 *
 * @param namespace its namespace
 * @param deployment its name
 * @param uid its uid: another Deployment of the same name is another target
 * @param from the replica count that was seen
 * @param to the replica count that is wanted
 */
public record ScaleRequest(String namespace, String deployment, String uid, int from, int to)
    implements Request {
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
    return "kubectl scale deployment/%s -n %s --current-replicas=%d --replicas=%d"
        .formatted(deployment, namespace, current, wanted);
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
        namespace,
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
