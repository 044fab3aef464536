package dev.lockkeeper.practice.coderd;

/** Coder's server gives up; the message is what it prints after "error: ". */
final class CoderdFailed extends Exception {
  private static final long serialVersionUID = 1;

  CoderdFailed(String message) {
    super(message, null, false, false);
  }
}
