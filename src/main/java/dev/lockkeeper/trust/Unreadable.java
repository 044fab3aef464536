package dev.lockkeeper.trust;

import java.io.IOException;

/** A file that is not read; the message says what it is, to be said after its path and a colon. */
public final class Unreadable extends IOException {
  private static final long serialVersionUID = 1L;

  Unreadable(String message) {
    super(message);
  }
}
