package dev.lockkeeper.practice.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts the containers of simulated pods. What a container does over HTTP and in the database is
 * real.
 */
public interface ContainerRuntime {
  /**
   * Starts one incarnation of a container.
   *
   * @param spec what to start
   * @param log takes each line that the container prints, without its newline
   * @return the running container
   */
  Container start(Spec spec, Consumer<String> log);

  /**
   * Pulls an image.
   *
   * @return why it cannot be pulled, in the words of the registry; empty when it can
   */
  default Optional<String> pull(String image) {
    return Optional.empty();
  }

  /**
   * What the kubelet hands to a container.
   *
   * @param pod the pod's name, which is the host name inside
   * @param address the pod's own loopback address, such as 127.9.0.7: the container listens on it
   *     and connects from it
   * @param image the image with its tag
   * @param environment the environment, secrets resolved
   */
  record Spec(String pod, String address, String image, Map<String, String> environment) {
    public Spec {
      environment = Map.copyOf(environment);
    }
  }
}
