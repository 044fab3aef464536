package dev.lockkeeper.kubernetes;

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
 */
public record ClusterOptions(
    Optional<Path> kubeconfig,
    Optional<String> context,
    Optional<String> namespace,
    String deployment) {
  public ClusterOptions {
    Objects.requireNonNull(kubeconfig);
    Objects.requireNonNull(context);
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(deployment);
  }
}
