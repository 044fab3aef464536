package dev.lockkeeper.kubernetes.api;

/** Something could not be asked, or was answered with a refusal; the message says why. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean refused;

  public ApiException(String message) {
    this(message, false);
  }

  /**
   * @param refused whether the server said no to us (401, 403), which trying again will not change
   */
  ApiException(String message, boolean refused) {
    super(message);
    this.refused = refused;
  }

  public boolean refused() {
    return refused;
  }
}
