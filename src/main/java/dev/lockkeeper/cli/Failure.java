package dev.lockkeeper.cli;

/**
 * The program cannot go on; its message is one clear sentence that says what, where and what to do
 * next.
 */
public final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  public Failure(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  public ExitCode code() {
    return code;
  }
}
