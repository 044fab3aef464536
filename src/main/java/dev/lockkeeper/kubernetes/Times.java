package dev.lockkeeper.kubernetes;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The API's timestamps, which are text and may be absent. */
final class Times {
  private Times() {}

  static Optional<Instant> optional(String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static Instant instant(String text) {
    return optional(text).orElse(Instant.EPOCH);
  }
}
