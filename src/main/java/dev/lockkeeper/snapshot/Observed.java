package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A fact with the moment at which it was read, or the reason why it cannot be known.
 *
 * <p>Three shapes: <em>known</em> (a value, no reason), <em>lost</em> (the last value that was
 * read, and why it could not be read again) and <em>never known</em> (a reason alone). A lost value
 * may be shown with its age; it may not be acted upon.
 *
 * @param value the last value that was read, if any
 * @param at when it was read, or, if it never was, when that was found out
 * @param reason why it cannot be known now; empty when it is known
 * @param <T> the kind of fact
 */
public record Observed<T>(Optional<T> value, Instant at, String reason) {
  private static final String NOT_YET = "not read yet";

  public Observed {
    Objects.requireNonNull(value);
    Objects.requireNonNull(at);
    Objects.requireNonNull(reason);
  }

  /** A fact that was just read. */
  public static <T> Observed<T> known(T value, Instant at) {
    return new Observed<>(Optional.of(value), at, "");
  }

  /** A fact that nobody has tried to read yet. */
  public static <T> Observed<T> notYet(Instant at) {
    return unknown(NOT_YET, at);
  }

  /** Whether nobody has tried to read it yet. */
  public boolean isPending() {
    return value.isEmpty() && reason.equals(NOT_YET);
  }

  /** A fact that was never read, and why. */
  public static <T> Observed<T> unknown(String reason, Instant at) {
    return new Observed<>(Optional.empty(), at, reason);
  }

  /**
   * The same value, of which it is now known that it cannot be read again; its age goes on counting
   * from the last reading.
   */
  public Observed<T> lost(String why) {
    return new Observed<>(value, at, why);
  }

  /** Whether there is a value and nothing speaks against it. */
  public boolean isKnown() {
    return value.isPresent() && reason.isEmpty();
  }

  /**
   * The value if it is known and was read no longer than {@code limit} before {@code now}: the only
   * value to act upon.
   */
  public Optional<T> fresh(Instant now, Duration limit) {
    return isKnown() && age(now).compareTo(limit) <= 0 ? value : Optional.empty();
  }

  /** How long ago it was read; never negative. */
  public Duration age(Instant now) {
    Duration age = Duration.between(at, now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** The same observation of a part of the fact. */
  public <R> Observed<R> map(Function<T, R> part) {
    return new Observed<>(value.map(part), at, reason);
  }
}
