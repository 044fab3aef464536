package dev.lockkeeper.snapshot;

/**
 * One ReplicaSet of the Deployment: a generation of its pods.
 *
 * @param name its name
 * @param uid its uid
 * @param revision the annotation {@code deployment.kubernetes.io/revision}; 0 when it is absent
 * @param image the coderd image of its pods
 * @param replicas how many pods it wants
 * @param readyReplicas how many are Ready
 */
public record ReplicaSet(
    String name, String uid, long revision, String image, int replicas, int readyReplicas) {}
