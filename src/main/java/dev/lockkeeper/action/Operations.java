package dev.lockkeeper.action;

/**
 * The ports through which acts leave the core.
 *
 * @param cluster changes Kubernetes objects
 * @param database changes what happens in PostgreSQL
 */
public record Operations(ClusterOperations cluster, DatabaseOperations database) {}
