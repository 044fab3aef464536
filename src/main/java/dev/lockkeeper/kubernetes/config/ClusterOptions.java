package dev.lockkeeper.kubernetes.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What the operator said about the cluster.
 *
 * @param kubeconfig {@code --kubeconfig}; empty to look where kubectl looks
 * @param context {@code --context}; empty for the kubeconfig's current one
 * @param namespace {@code --namespace}; empty for the context's own
 * @param deployment the name of the Deployment that runs coderd
 * @param plugins whether a credential plugin that the kubeconfig names may be run
 */
public record ClusterOptions(
    Optional<Path> kubeconfig,
    Optional<String> context,
    Optional<String> namespace,
    String deployment,
    boolean plugins) {
  public ClusterOptions {
    Objects.requireNonNull(kubeconfig);
    Objects.requireNonNull(context);
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(deployment);
  }

  /** By a kubeconfig of the operator's own, which may name a credential plugin. */
  public ClusterOptions(
      Optional<Path> kubeconfig,
      Optional<String> context,
      Optional<String> namespace,
      String deployment) {
    this(kubeconfig, context, namespace, deployment, true);
  }
}
