package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as kubectl writes it: 45s, 3m12s, 5h, 2d. */
final class Age {
  private Age() {}

  /** The age of a time in an object; {@code <unknown>} when it has none. */
  static String since(JsonNode object, String pointer, Instant now) {
    String text = Json.text(object, pointer);
    return text.isEmpty() ? "<unknown>" : of(Duration.between(Instant.parse(text), now));
  }

  static String of(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (hours < 3) {
      return minutes + "m";
    }
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (days < 2) {
      return hours + "h";
    }
    return days < 8 ? two(days, "d", hours % 24, "h") : days + "d";
  }

  private static String two(long large, String one, long small, String other) {
    return small == 0 ? large + one : large + one + small + other;
  }
}
