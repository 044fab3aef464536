package dev.lockkeeper.trust;

import java.io.IOException;

/**
 * Something lies there that somebody else could have made; the sentence says what, and what to do.
 */
public final class Untrusted extends IOException {
  private static final long serialVersionUID = 1L;

  Untrusted(String message) {
    super(message);
  }
}
