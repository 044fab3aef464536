package dev.lockkeeper.wizard;

import java.time.Duration;
import java.time.Instant;

/**
 * One line that says what just happened or why nothing did.
 *
 * @param tone how it is meant
 * @param text the line, raw
 * @param at when it was said
 */
public record Toast(Tone tone, String text, Instant at) {
  /** A notice that asks for nothing goes away after this long. */
  public static final Duration SHOWN = Duration.ofSeconds(20);

  /** An Enter that comes so soon after what it would take was pressed once too often. */
  public static final Duration TOO_SOON = Duration.ofMillis(300);

  /** How a notice is meant. */
  public enum Tone {
    /** It was done. */
    GOOD,
    /** It tells. */
    PLAIN,
    /** It was not done, and why. */
    WARN,
    /** Something is wrong. */
    BAD
  }
}
