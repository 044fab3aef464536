package dev.lockkeeper.snapshot;

import java.util.List;

/**
 * Which cluster and namespace the wizard looks at; pinned when a run starts.
 *
 * @param context the kubeconfig context, or {@link #IN_CLUSTER}
 * @param server the API server's URL
 * @param namespace the namespace's name
 * @param namespaceUid its uid: another cluster with the same names has another one; empty when it
 *     may not be read
 * @param kubeconfig the kubeconfig files that have the context; empty where kubectl finds it by
 *     itself
 */
public record ClusterIdentity(
    String context, String server, String namespace, String namespaceUid, List<String> kubeconfig) {
  /** What the place of a pod is called; it is the context of no kubeconfig. */
  public static final String IN_CLUSTER = "in-cluster";

  /** Where it is not known yet where it leads. */
  public static final ClusterIdentity UNKNOWN = new ClusterIdentity("", "", "", "", List.of());

  public ClusterIdentity {
    kubeconfig = List.copyOf(kubeconfig);
  }

  /** One whose context is where kubectl looks for it. */
  public ClusterIdentity(String context, String server, String namespace, String namespaceUid) {
    this(context, server, namespace, namespaceUid, List.of());
  }

  /** The same namespace by its uid. */
  public ClusterIdentity ofNamespace(String uid) {
    return new ClusterIdentity(context, server, namespace, uid, kubeconfig);
  }

  /** Where commands lead that a person pastes. */
  public PinnedContext pinned() {
    return new PinnedContext(context.equals(IN_CLUSTER) ? "" : context, kubeconfig, namespace);
  }

  /**
   * What is typed to show that one knows where one is: the context, of a long one the last part,
   * and the namespace.
   */
  public String phrase() {
    return context.substring(context.lastIndexOf('/') + 1) + "/" + namespace;
  }
}
