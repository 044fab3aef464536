package dev.lockkeeper.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which deployment and which database.
 *
 * @param kubeconfig {@code --kubeconfig}; empty to look where kubectl looks
 * @param context {@code --context}; empty for the kubeconfig's current one
 * @param namespace {@code --namespace}; empty for the context's own
 * @param deployment the Deployment that runs coderd
 * @param databaseUrl the database's URL, which may hold a password; empty to take it from the
 *     environment or the Deployment
 * @param helmRepository {@code --helm-repository}: where the chart comes from; empty for Coder's
 *     own
 * @param values {@code --values}: the file with the operator's values for Helm; empty for those
 *     that the release has
 * @param readOnly {@code --read-only}: nothing is changed, whatever is laid down elsewhere
 */
public record Target(
    Optional<Path> kubeconfig,
    Optional<String> context,
    Optional<String> namespace,
    String deployment,
    Optional<String> databaseUrl,
    Optional<String> helmRepository,
    Optional<Path> values,
    boolean readOnly) {
  /** The name that the Helm chart gives it. */
  public static final String DEPLOYMENT = "coder";

  /** The same without a word about Helm. */
  public Target(
      Optional<Path> kubeconfig,
      Optional<String> context,
      Optional<String> namespace,
      String deployment,
      Optional<String> databaseUrl,
      boolean readOnly) {
    this(
        kubeconfig,
        context,
        namespace,
        deployment,
        databaseUrl,
        Optional.empty(),
        Optional.empty(),
        readOnly);
  }

  /** The same with charts from there. */
  public Target charts(Optional<String> repository) {
    return new Target(
        kubeconfig, context, namespace, deployment, databaseUrl, repository, values, readOnly);
  }

  /** The same by this kubeconfig; empty to look where kubectl looks. */
  public Target by(Optional<Path> other) {
    return new Target(
        other, context, namespace, deployment, databaseUrl, helmRepository, values, readOnly);
  }

  /** Without the URL: it is nobody's business. */
  @Override
  public String toString() {
    return "deployment/%s in %s".formatted(deployment, namespace.orElse("the context's namespace"));
  }
}
