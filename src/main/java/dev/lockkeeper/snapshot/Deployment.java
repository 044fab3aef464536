package dev.lockkeeper.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Deployment that runs coderd.
 *
 * @param metadata what the API says about the object itself
 * @param replicas the wanted number of pods ({@code spec.replicas})
 * @param rollout how its pods replace each other
 * @param container the coderd container of its pods
 * @param template what else it says of the pods that are still to come
 * @param status how far the controller has come
 */
public record Deployment(
    Metadata metadata,
    int replicas,
    Rollout rollout,
    Container container,
    PodTemplate template,
    Status status) {
  /**
   * What the API says about the object itself.
   *
   * @param name its name
   * @param uid its uid
   * @param generation counts changes of the specification alone
   * @param chart the label {@code helm.sh/chart}: it names the chart's version and not the image's;
   *     empty without Helm
   * @param labels its labels
   * @param annotations its annotations
   * @param managers who changed which part last (managedFields)
   */
  public record Metadata(
      String name,
      String uid,
      long generation,
      Optional<String> chart,
      Map<String, String> labels,
      Map<String, String> annotations,
      List<FieldManager> managers) {
    public Metadata {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
      managers = List.copyOf(managers);
    }
  }

  /**
   * How pods replace each other.
   *
   * @param strategy {@code RollingUpdate} or {@code Recreate}
   * @param maxUnavailable how many pods may be missing while a rolling update goes on, as a number
   *     or as a part of those that are wanted, such as {@code 25%}
   * @param paused {@code spec.paused}: while it is true a change of the template starts no pod of
   *     it, and scaling up starts pods of the ReplicaSets that are there
   * @param minReadySeconds how long a pod must be Ready before it counts as available
   * @param progressDeadlineSeconds how long a rollout may stand still before it counts as failed
   */
  public record Rollout(
      String strategy,
      String maxUnavailable,
      boolean paused,
      int minReadySeconds,
      int progressDeadlineSeconds) {
    /** What the API server takes where nothing is said. */
    public static final Rollout USUAL = new Rollout("RollingUpdate", "25%", false, 0, 600);
  }

  /**
   * The coderd container.
   *
   * @param name its name
   * @param image its image, with its tag
   * @param livenessProbe its liveness probe as JSON, if it has one
   * @param readinessProbe its readiness probe as JSON, if it has one
   * @param startupProbe its startup probe as JSON, if it has one
   */
  public record Container(
      String name,
      String image,
      Optional<String> livenessProbe,
      Optional<String> readinessProbe,
      Optional<String> startupProbe) {}

  /**
   * How far the controller has come.
   *
   * @param observedGeneration the generation that the controller has seen
   * @param currentReplicas pods of any ReplicaSet that are not Terminating ({@code
   *     status.replicas})
   * @param updatedReplicas pods of the newest template
   * @param readyReplicas pods that pass their readiness probe
   * @param conditions its conditions
   */
  public record Status(
      long observedGeneration,
      int currentReplicas,
      int updatedReplicas,
      int readyReplicas,
      List<Condition> conditions) {
    public Status {
      conditions = List.copyOf(conditions);
    }
  }

  public String name() {
    return metadata.name();
  }

  public String uid() {
    return metadata.uid();
  }

  public long generation() {
    return metadata.generation();
  }

  public Optional<String> chart() {
    return metadata.chart();
  }

  public Map<String, String> annotations() {
    return metadata.annotations();
  }

  public String image() {
    return container.image();
  }

  public Optional<String> livenessProbe() {
    return container.livenessProbe();
  }

  /** The condition of a type, such as {@code ReplicaFailure}, if it is there. */
  public Optional<Condition> condition(String type) {
    return status.conditions().stream().filter(each -> each.type().equals(type)).findFirst();
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
    return metadata.managers().stream().anyMatch(FieldManager::helm)
        ? Optional.of(
            metadata.managers().stream()
                .filter(each -> !each.helm() && !each.owns().isEmpty())
                .toList())
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
