package dev.lockkeeper.kubernetes.facts;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of a pod's containers runs coderd, and where it listens. */
public final class CoderContainer {
  private static final int PORT = 8080;

  private CoderContainer() {}

  /** The one named coder, else the first whose image looks like coder, else the first. */
  public static Optional<Container> of(List<Container> containers) {
    return containers.stream()
        .filter(container -> "coder".equals(container.getName()))
        .findFirst()
        .or(() -> containers.stream().filter(CoderContainer::looksLikeCoder).findFirst())
        .or(() -> containers.stream().findFirst());
  }

  /**
   * The container whose log tells how far the pod is: the first init container that has not ended
   * well, as that is where Coder v1 migrates, else that of coderd. Empty when there is none.
   */
  public static Optional<String> atWork(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(status -> status.getInitContainerStatuses().stream())
        .filter(CoderContainer::begun)
        .filter(status -> !endedWell(status))
        .map(ContainerStatus::getName)
        .findFirst()
        .filter(name -> !sidecar(pod, name))
        .or(() -> of(pod.getSpec().getContainers()).map(Container::getName));
  }

  /** The names of all of them, init containers first, those for debugging last. */
  public static List<String> names(Pod pod) {
    return Stream.of(
            pod.getSpec().getInitContainers().stream().map(Container::getName),
            pod.getSpec().getContainers().stream().map(Container::getName),
            pod.getSpec().getEphemeralContainers().stream().map(each -> each.getName()))
        .flatMap(names -> names)
        .toList();
  }

  private static boolean begun(ContainerStatus status) {
    return status.getState() != null
        && (status.getState().getRunning() != null
            || status.getState().getTerminated() != null
            || DeploymentFacts.number(status.getRestartCount()) > 0);
  }

  private static boolean endedWell(ContainerStatus status) {
    return status.getState().getTerminated() != null
        && DeploymentFacts.number(status.getState().getTerminated().getExitCode()) == 0;
  }

  /** An init container that is meant to go on beside the others. */
  private static boolean sidecar(Pod pod, String name) {
    return pod.getSpec().getInitContainers().stream()
        .anyMatch(each -> name.equals(each.getName()) && "Always".equals(each.getRestartPolicy()));
  }

  private static boolean looksLikeCoder(Container container) {
    return container.getImage() != null && container.getImage().contains("coder");
  }

  /** The container's port named http, else the one that coderd has unless told otherwise. */
  public static int port(List<Container> containers) {
    return of(containers).stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(port -> "http".equals(port.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElse(PORT);
  }
}
