package dev.lockkeeper.snapshot;

/**
 * What a pod answers over HTTP.
 *
 * @param pod the pod's name
 * @param healthy {@code /healthz} answered 200
 * @param version the version that {@code /api/v2/buildinfo} names, such as {@code v2.29.3+1a2b3c},
 *     or the reason why there is none
 */
public record Served(String pod, boolean healthy, Observed<String> version) {}
