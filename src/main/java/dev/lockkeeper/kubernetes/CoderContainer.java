package dev.lockkeeper.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import java.util.List;
import java.util.Optional;

/** Which of a pod's containers runs coderd, and where it listens. */
final class CoderContainer {
  private static final int PORT = 8080;

  private CoderContainer() {}

  /** The one named coder, else the first whose image looks like coder, else the first. */
  static Optional<Container> of(List<Container> containers) {
    return containers.stream()
        .filter(container -> "coder".equals(container.getName()))
        .findFirst()
        .or(() -> containers.stream().filter(CoderContainer::looksLikeCoder).findFirst())
        .or(() -> containers.stream().findFirst());
  }

  private static boolean looksLikeCoder(Container container) {
    return container.getImage() != null && container.getImage().contains("coder");
  }

  /** The container's port named http, else the one that coderd has unless told otherwise. */
  static int port(List<Container> containers) {
    return of(containers).stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(port -> "http".equals(port.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElse(PORT);
  }
}
