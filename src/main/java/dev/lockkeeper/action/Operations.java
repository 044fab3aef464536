package dev.lockkeeper.action;

/**
 * The ports through which acts leave the core.
 *
 * @param cluster changes Kubernetes objects
 */
public record Operations(ClusterOperations cluster) {}
