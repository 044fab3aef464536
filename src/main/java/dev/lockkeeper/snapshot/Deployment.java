package dev.lockkeeper.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Deployment that runs coderd.
 *
 * @param name its name
 * @param uid its uid
 * @param generation counts changes of the specification alone
 * @param observedGeneration the generation that the controller has seen
 * @param replicas the wanted number of pods ({@code spec.replicas})
 * @param currentReplicas pods of any ReplicaSet that are not Terminating ({@code status.replicas})
 * @param updatedReplicas pods of the newest template
 * @param readyReplicas pods that pass their readiness probe
 * @param container the name of the coderd container
 * @param image that container's image, with its tag
 * @param chart the label {@code helm.sh/chart}: it names the chart's version and not the image's;
 *     empty without Helm
 * @param strategy {@code RollingUpdate} or {@code Recreate}
 * @param livenessProbe the container's liveness probe as JSON, if it has one
 * @param readinessProbe the container's readiness probe as JSON, if it has one
 * @param terminationGrace seconds between SIGTERM and SIGKILL
 * @param labels its labels
 * @param annotations its annotations
 * @param managers who changed which part last (managedFields)
 * @param conditions its conditions
 * @param template what it says of the pods that are still to come
 */
public record Deployment(
    String name,
    String uid,
    long generation,
    long observedGeneration,
    int replicas,
    int currentReplicas,
    int updatedReplicas,
    int readyReplicas,
    String container,
    String image,
    Optional<String> chart,
    String strategy,
    Optional<String> livenessProbe,
    Optional<String> readinessProbe,
    int terminationGrace,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<FieldManager> managers,
    List<Condition> conditions,
    PodTemplate template) {
  public Deployment {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    managers = List.copyOf(managers);
    conditions = List.copyOf(conditions);
  }

  /** The condition of a type, such as {@code ReplicaFailure}, if it is there. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(each -> each.type().equals(type)).findFirst();
  }

  /**
   * Who last changed a part of the Deployment.
   *
   * @param name the field manager, such as {@code helm} or {@code kubectl-edit}
   * @param subresource {@code scale}, {@code status} or empty
   * @param at when
   * @param owns what of this it owns now: {@code replicas}, and of the coderd container {@code
   *     image}, {@code livenessProbe} and {@code memory}; besides {@code release}, the annotation
   *     by which Helm knows its release, which its Helm alone owns
   */
  public record FieldManager(String name, String subresource, Instant at, List<String> owns) {
    /** The word for the annotation by which Helm knows its release. */
    public static final String RELEASE = "release";

    public FieldManager {
      owns = List.copyOf(owns);
    }

    /** One of which it was not read what it owns. */
    public FieldManager(String name, String subresource, Instant at) {
      this(name, subresource, at, List.of());
    }

    /** Whether it is the Helm that keeps the Deployment, whatever its program is called. */
    public boolean helm() {
      return owns.contains(RELEASE);
    }
  }

  /**
   * Those who own what a chart says and are not the Helm that keeps it: each is a conflict for an
   * upgrade by Helm on the server that says otherwise. Empty where Helm itself is not among the
   * managers, so that this is not known.
   */
  public Optional<List<FieldManager>> besideHelm() {
    return managers.stream().anyMatch(FieldManager::helm)
        ? Optional.of(
            managers.stream().filter(each -> !each.helm() && !each.owns().isEmpty()).toList())
        : Optional.empty();
  }

  /**
   * A condition of the Deployment's status.
   *
   * @param type such as {@code Progressing}
   * @param status {@code True}, {@code False} or {@code Unknown}
   * @param reason one word, such as {@code ProgressDeadlineExceeded}
   * @param message a sentence
   */
  public record Condition(String type, String status, String reason, String message) {}
}
