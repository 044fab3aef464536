/**
 * The one door to Kubernetes. A kubeconfig becomes a pinned {@link
 * dev.lockkeeper.kubernetes.ClusterConnection}; its {@link
 * dev.lockkeeper.kubernetes.watch.ClusterSource} fills a {@link dev.lockkeeper.snapshot.Cluster}
 * from watches, and its {@link dev.lockkeeper.kubernetes.change.KubernetesOperations} sends at most
 * one write for each request.
 *
 * <p>The fabric8 client brings TLS, proxies, HTTP and the model of the API. Three things are ours,
 * because there it falls short of what is promised here: credential plugins (it hands their
 * arguments to a shell), retries (it repeats writes), and watches over HTTP (it loses its place on
 * the first letter that is not ASCII).
 */
package dev.lockkeeper.kubernetes;
