/**
 * The practice world's Kubernetes API server: a store of objects behind the HTTP that kubectl,
 * fabric8 and Helm speak.
 *
 * <pre>
 *   HTTPS -&gt; ApiServer -&gt; who? (User) -&gt; may they? (Role) -&gt; what? (Call) -&gt; Objects, Watches, PodLogs ...
 *                                                                             |
 *                                              Store: objects, versions, conflicts, History, Feeds
 * </pre>
 *
 * Controllers and the kubelet are in {@code practice.cluster}; they work on the {@link
 * dev.lockkeeper.practice.apiserver.Store} directly.
 */
package dev.lockkeeper.practice.apiserver;
