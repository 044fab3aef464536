package dev.lockkeeper.terminal;

/** There is no terminal that a full screen could be drawn on; the message says what to do. */
public final class TerminalUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  TerminalUnavailable(String message) {
    super(message);
  }

  TerminalUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
