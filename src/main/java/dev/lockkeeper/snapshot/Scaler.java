package dev.lockkeeper.snapshot;

/**
 * Something besides the operator that changes the replica count.
 *
 * @param kind such as HorizontalPodAutoscaler, ScaledObject, Argo CD, Flux
 * @param name its name
 * @param evidence where it was seen, such as an annotation or its minReplicas
 */
public record Scaler(String kind, String name, String evidence) {}
