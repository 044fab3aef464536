package dev.lockkeeper.kubernetes.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The API's timestamps, which are text and may be absent. */
public final class Times {
  private Times() {}

  public static Optional<Instant> optional(String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  public static Instant instant(String text) {
    return optional(text).orElse(Instant.EPOCH);
  }

  /** As HTTP writes it, such as {@code Wed, 04 Mar 2026 21:05:00 GMT}. */
  public static Optional<Instant> ofHeader(String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
