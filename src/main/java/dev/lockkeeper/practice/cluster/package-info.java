/**
 * What makes Pods follow a Deployment: the controllers, the scheduler and the kubelet of the
 * practice cluster. They work on the store as the real ones work on the API server.
 *
 * <pre>
 *   Deployment -&gt; ReplicaSet -&gt; Pod -&gt; container (a {@link
 *   dev.lockkeeper.practice.cluster.ContainerRuntime} runs it)
 * </pre>
 *
 * Everything happens on one thread, the {@code Loop}; only HTTP probes wait elsewhere.
 */
package dev.lockkeeper.practice.cluster;
