package dev.lockkeeper.snapshot;

import dev.lockkeeper.snapshot.Deployment.Condition;
import java.util.List;
import java.util.Optional;

/**
 * The words that Kubernetes has for the state of a pod; all of them raw, and empty where it says
 * nothing.
 *
 * @param reason one word for the whole pod, such as {@code Evicted}
 * @param message a sentence about it
 * @param waiting the sentence that says why the coderd container waits
 * @param ended what the coderd container left as its termination message
 * @param conditions the pod's conditions
 * @param others its other containers that stand still, init containers first
 * @param finalizers who must agree before the object may go
 */
public record PodWords(
    String reason,
    String message,
    String waiting,
    String ended,
    List<Condition> conditions,
    List<Standing> others,
    List<String> finalizers) {
  public PodWords {
    conditions = List.copyOf(conditions);
    others = List.copyOf(others);
    finalizers = List.copyOf(finalizers);
  }

  /** Nothing is said. */
  public static PodWords none() {
    return new PodWords("", "", "", "", List.of(), List.of(), List.of());
  }

  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(each -> each.type().equals(type)).findFirst();
  }

  /**
   * A container beside coderd's that waits, or has failed.
   *
   * @param name its name
   * @param init whether it must end well before coderd starts
   * @param waiting why it waits, one word; empty when it does not
   * @param message the sentence about that
   * @param last how it ended the last time, if it ever did
   */
  public record Standing(
      String name, boolean init, String waiting, String message, Optional<Pod.Termination> last) {}
}
