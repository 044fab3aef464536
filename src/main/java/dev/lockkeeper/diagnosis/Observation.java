package dev.lockkeeper.diagnosis;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was seen, and from which something follows.
 *
 * @param text what was seen, in one line; raw, at most 400 characters
 * @param at when it was seen, by this machine's clock; empty for what is known at any time, such as
 *     what a release does
 */
public record Observation(String text, Optional<Instant> at) {
  private static final int LONGEST = 400;

  /** What came from outside is cut to a bearable length; it stays raw. */
  public Observation {
    text = cut(text);
  }

  static Observation at(Instant at, String text) {
    return new Observation(text, Optional.of(at));
  }

  /** What is known of Coder, PostgreSQL or Kubernetes and needs no look. */
  static Observation known(String text) {
    return new Observation(text, Optional.empty());
  }

  static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
