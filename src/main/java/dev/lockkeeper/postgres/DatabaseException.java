package dev.lockkeeper.postgres;

/**
 * The database could not be reached or asked. The message is one sentence: what happened, where,
 * and what to do next. It has no cause, because a driver's exception may quote what must stay
 * secret.
 */
public final class DatabaseException extends Exception {
  private static final long serialVersionUID = 1L;

  public DatabaseException(String message) {
    super(message);
  }
}
