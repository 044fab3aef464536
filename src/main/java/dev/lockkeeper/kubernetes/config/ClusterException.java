package dev.lockkeeper.kubernetes.config;

/**
 * No connection can be made. The message is one sentence for the operator: what is wrong, where,
 * and what to do; it never contains a secret.
 */
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message) {
    super(message);
  }
}
