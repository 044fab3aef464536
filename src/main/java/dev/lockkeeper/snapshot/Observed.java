package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
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
 * @param reason why it cannot be known now, as a person reads it; empty when it is known
 * @param cause what kind of reason that is, as a rule reads it
 * @param <T> the kind of fact
 */
public record Observed<T>(Optional<T> value, Instant at, String reason, Cause cause) {
  /** Why a fact is not known. */
  public enum Cause {
    /** It is known. */
    NONE,
    /** Nobody has tried to read it yet. */
    PENDING,
    /** The way to it is not open yet. */
    CONNECTING,
    /** We have no right to read it. */
    FORBIDDEN,
    /** It was asked for, and not answered, or not as it should be. */
    FAILED
  }

  public Observed {
    Objects.requireNonNull(value);
    Objects.requireNonNull(at);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(cause);
  }

  /** A fact that was just read. */
  public static <T> Observed<T> known(T value, Instant at) {
    return new Observed<>(Optional.of(value), at, "", Cause.NONE);
  }

  /** A fact that nobody has tried to read yet. */
  public static <T> Observed<T> notYet(Instant at) {
    return new Observed<>(Optional.empty(), at, "not read yet", Cause.PENDING);
  }

  /**
   * A fact to which the way is not open yet.
   *
   * @param what what is being done for it, such as {@code connecting to https://...}
   * @param since from when on
   */
  public static <T> Observed<T> connecting(String what, Instant since) {
    return new Observed<>(Optional.empty(), since, what, Cause.CONNECTING);
  }

  /** Whether nobody has tried to read it yet. */
  public boolean isPending() {
    return cause == Cause.PENDING || cause == Cause.CONNECTING;
  }

  /** A fact that was never read, and why: it was asked for in vain. */
  public static <T> Observed<T> unknown(String reason, Instant at) {
    return new Observed<>(Optional.empty(), at, reason, Cause.FAILED);
  }

  /** A fact that was never read, because we have no right to it. */
  public static <T> Observed<T> forbidden(String reason, Instant at) {
    return new Observed<>(Optional.empty(), at, reason, Cause.FORBIDDEN);
  }

  /**
   * The same value, of which it is now known that it cannot be read again; its age goes on counting
   * from the last reading.
   */
  public Observed<T> lost(String why) {
    return new Observed<>(value, at, why, Cause.FAILED);
  }

  /** Whether there is a value and nothing speaks against it. */
  public boolean isKnown() {
    return cause == Cause.NONE;
  }

  /**
   * The value if it is known and was read no longer than {@code limit} before {@code now}: the only
   * value to act upon.
   */
  public Optional<T> fresh(Instant now, Duration limit) {
    return isKnown() && age(now).compareTo(limit) <= 0 ? value : Optional.empty();
  }

  /**
   * Whether it is as well known as the other one, and the values are alike; whenever either was.
   */
  boolean tellsTheSameAs(Observed<T> other, BiPredicate<T, T> alike) {
    return cause == other.cause
        && reason.equals(other.reason)
        && value.isPresent() == other.value.isPresent()
        && value.filter(one -> !alike.test(one, other.value.orElseThrow())).isEmpty();
  }

  /** How long ago it was read; never negative. */
  public Duration age(Instant now) {
    Duration age = Duration.between(at, now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** The same observation of a part of the fact. */
  public <R> Observed<R> map(Function<T, R> part) {
    return new Observed<>(value.map(part), at, reason, cause);
  }
}
