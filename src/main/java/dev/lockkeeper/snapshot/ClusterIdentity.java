package dev.lockkeeper.snapshot;

/**
 * Which cluster and namespace the wizard looks at; pinned when a run starts.
 *
 * @param context the kubeconfig context, or {@code in-cluster}
 * @param server the API server's URL
 * @param namespace the namespace's name
 * @param namespaceUid its uid: another cluster with the same names has another one; empty when it
 *     may not be read
 */
public record ClusterIdentity(
    String context, String server, String namespace, String namespaceUid) {
  /**
   * What is typed to show that one knows where one is: the context, of a long one the last part,
   * and the namespace.
   */
  public String phrase() {
    return context.substring(context.lastIndexOf('/') + 1) + "/" + namespace;
  }
}
