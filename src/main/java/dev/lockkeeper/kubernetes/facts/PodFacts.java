package dev.lockkeeper.kubernetes.facts;

import static dev.lockkeeper.kubernetes.facts.DeploymentFacts.number;
import static dev.lockkeeper.kubernetes.facts.DeploymentFacts.text;

import dev.lockkeeper.kubernetes.api.Times;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Pod.Place;
import dev.lockkeeper.snapshot.Pod.Termination;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What is taken from a Pod. */
public final class PodFacts {
  private PodFacts() {}

  public static Pod of(io.fabric8.kubernetes.api.model.Pod pod) {
    ObjectMeta metadata = pod.getMetadata();
    PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    Optional<Container> container = CoderContainer.of(pod.getSpec().getContainers());
    Optional<ContainerStatus> running = status(status, container);
    Optional<ContainerState> state = running.map(ContainerStatus::getState);
    return new Pod(
        new Pod.Metadata(
            metadata.getName(),
            metadata.getUid(),
            replicaSet(metadata),
            Times.instant(metadata.getCreationTimestamp()),
            Times.optional(metadata.getDeletionTimestamp())),
        status.getPhase() == null ? "Unknown" : status.getPhase(),
        Optional.ofNullable(status.getPodIP()).filter(ip -> !ip.isEmpty()),
        text(pod.getSpec().getNodeName()),
        new Pod.ContainerStatus(
            container.map(Container::getImage).orElse(""),
            ready(status),
            running.map(ContainerStatus::getRestartCount).map(count -> number(count)).orElse(0),
            state
                .map(ContainerState::getRunning)
                .flatMap(run -> Times.optional(run.getStartedAt())),
            state.map(ContainerState::getWaiting).map(wait -> text(wait.getReason())).orElse(""),
            last(running)),
        PodWordsFacts.of(pod, running),
        place(pod.getSpec(), status));
  }

  private static Place place(PodSpec spec, PodStatus status) {
    List<String> addresses =
        status.getPodIPs().stream()
            .map(PodIP::getIp)
            .filter(ip -> ip != null && !ip.isEmpty())
            .toList();
    // An init container that is always restarted goes on beside the others.
    boolean aside =
        spec.getInitContainers().stream().anyMatch(one -> "Always".equals(one.getRestartPolicy()));
    return new Place(
        addresses,
        Boolean.TRUE.equals(spec.getHostNetwork()),
        aside || spec.getContainers().size() > 1 || !spec.getEphemeralContainers().isEmpty());
  }

  private static Optional<ContainerStatus> status(PodStatus status, Optional<Container> container) {
    return status.getContainerStatuses().stream()
        .filter(one -> container.filter(c -> c.getName().equals(one.getName())).isPresent())
        .findFirst();
  }

  private static String replicaSet(ObjectMeta metadata) {
    return metadata.getOwnerReferences().stream()
        .filter(owner -> "ReplicaSet".equals(owner.getKind()))
        .map(OwnerReference::getName)
        .findFirst()
        .orElse("");
  }

  public static int restarts(io.fabric8.kubernetes.api.model.Pod pod) {
    return of(pod).restarts();
  }

  public static boolean ready(io.fabric8.kubernetes.api.model.Pod pod) {
    return pod.getStatus() != null && ready(pod.getStatus());
  }

  private static boolean ready(PodStatus status) {
    return status.getConditions().stream()
        .anyMatch(one -> "Ready".equals(one.getType()) && "True".equals(one.getStatus()));
  }

  /** The present state goes first: a container that just ended has not been moved back yet. */
  static Optional<Termination> last(Optional<ContainerStatus> status) {
    return status.stream()
        .flatMap(one -> Stream.of(one.getState(), one.getLastState()).filter(Objects::nonNull))
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .map(PodFacts::termination)
        .findFirst();
  }

  static Termination termination(ContainerStateTerminated ended) {
    return new Termination(
        number(ended.getExitCode()), text(ended.getReason()), Times.instant(ended.getFinishedAt()));
  }
}
