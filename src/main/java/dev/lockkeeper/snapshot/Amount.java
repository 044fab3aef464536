package dev.lockkeeper.snapshot;

import java.math.BigDecimal;

/**
 * So much of something, such as of memory.
 *
 * @param value cores, bytes or a plain number
 * @param text the same as the API server wrote it, such as {@code 500m} or {@code 2Gi}
 */
public record Amount(BigDecimal value, String text) {
  /** A plain number. */
  public static Amount of(long number) {
    return new Amount(BigDecimal.valueOf(number), Long.toString(number));
  }

  public boolean exceeds(Amount other) {
    return value.compareTo(other.value) > 0;
  }
}
