package dev.lockkeeper.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Deployment says of the pods that are still to come, and of how they replace each other.
 *
 * @param paused {@code spec.paused}: while it is true a change of the template starts no pod of it,
 *     and scaling up starts pods of the ReplicaSets that are there
 * @param minReadySeconds how long a pod must be Ready before it counts as available
 * @param progressDeadlineSeconds how long a rollout may stand still before it counts as failed
 * @param maxUnavailable how many pods may be missing while a rolling update goes on, as a number or
 *     as a part of those that are wanted, such as {@code 25%}
 * @param startupProbe the startup probe of the coderd container as JSON, if it has one
 * @param needs what one pod asks for in all, under the names of a ResourceQuota, such as {@code
 *     requests.memory}
 * @param own the requests and limits of the coderd container as they are written, under the same
 *     names
 * @param nodeSelector the labels that its node must have
 * @param tolerations the taints that it tolerates
 * @param annotations the annotations of the pods
 * @param variables the environment variables of the coderd container, by name
 */
public record PodTemplate(
    boolean paused,
    int minReadySeconds,
    int progressDeadlineSeconds,
    String maxUnavailable,
    Optional<String> startupProbe,
    Map<String, Amount> needs,
    Map<String, Amount> own,
    Map<String, String> nodeSelector,
    List<Toleration> tolerations,
    Map<String, String> annotations,
    VariableNames variables) {
  /** The limit that the kernel kills for. */
  public static final String MEMORY_LIMIT = "limits.memory";

  /** What the API server takes for {@code maxUnavailable} where nothing is said. */
  public static final String QUARTER = "25%";

  private static final int USUAL_DEADLINE = 600;

  public PodTemplate {
    needs = Map.copyOf(needs);
    own = Map.copyOf(own);
    nodeSelector = Map.copyOf(nodeSelector);
    tolerations = List.copyOf(tolerations);
    annotations = Map.copyOf(annotations);
  }

  /** One that says nothing. */
  public static PodTemplate plain() {
    return new PodTemplate(
        false,
        0,
        USUAL_DEADLINE,
        QUARTER,
        Optional.empty(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        Map.of(),
        VariableNames.UNSEEN);
  }

  /** Whether a pod tolerates this taint. */
  public boolean tolerates(Node.Taint taint) {
    return tolerations.stream().anyMatch(each -> each.covers(taint));
  }

  /**
   * A taint, or many, that a pod tolerates.
   *
   * @param key the taint's key; empty for every key
   * @param value the taint's value; without a meaning when {@code exists}
   * @param exists whether every value is meant
   * @param effect the taint's effect; empty for every effect
   */
  public record Toleration(String key, String value, boolean exists, String effect) {
    boolean covers(Node.Taint taint) {
      return (effect.isEmpty() || effect.equals(taint.effect()))
          && (key.isEmpty() ? exists : key.equals(taint.key()))
          && (exists || value.equals(taint.value()));
    }
  }
}
