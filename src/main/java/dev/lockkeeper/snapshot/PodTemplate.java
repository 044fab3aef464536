package dev.lockkeeper.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Deployment says of the pods that are still to come.
 *
 * @param terminationGrace seconds between SIGTERM and SIGKILL
 * @param needs what one pod asks for in all, under the names of a ResourceQuota, such as {@code
 *     requests.memory}
 * @param own the requests and limits of the coderd container as they are written, under the same
 *     names
 * @param nodeSelector the labels that its node must have
 * @param tolerations the taints that it tolerates
 * @param annotations the annotations of the pods
 * @param accessHost the host in {@code CODER_ACCESS_URL}, where that is written in the container
 * @param variables the environment variables of the coderd container, by name
 */
public record PodTemplate(
    int terminationGrace,
    Map<String, Amount> needs,
    Map<String, Amount> own,
    Map<String, String> nodeSelector,
    List<Toleration> tolerations,
    Map<String, String> annotations,
    Optional<String> accessHost,
    VariableNames variables) {
  /** The limit that the kernel kills for. */
  public static final String MEMORY_LIMIT = "limits.memory";

  public PodTemplate {
    needs = Map.copyOf(needs);
    own = Map.copyOf(own);
    nodeSelector = Map.copyOf(nodeSelector);
    tolerations = List.copyOf(tolerations);
    annotations = Map.copyOf(annotations);
  }

  /** One that says nothing but how long a pod has to stop. */
  public static PodTemplate plain(int terminationGrace) {
    return new PodTemplate(
        terminationGrace,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        Map.of(),
        Optional.empty(),
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
