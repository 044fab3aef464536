package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration parameter of PostgreSQL that somebody has set, and where.
 *
 * @param name such as {@code statement_timeout}
 * @param value as it was written, such as {@code 2s} or {@code 2000}
 * @param place where it is set
 * @param role the role for which it is set; empty where it is for all of them
 * @param detail the file and line for a server's setting, where they may be read; else empty
 * @param undo the statement that lifts it, in the server's own quotes; empty where none does
 */
public record PostgresSetting(
    String name, String value, Place place, String role, String detail, String undo) {
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,12}(?:\\.\\d+)?)\\s*(us|ms|s|min|h|d|)");

  private static final Map<String, Double> MILLIS =
      Map.of("us", 0.001, "", 1.0, "ms", 1.0, "s", 1e3, "min", 6e4, "h", 36e5, "d", 864e5);

  /** Where a parameter can be set; the first that sets it counts. */
  public enum Place {
    /** In the client's own address. */
    URL,
    ROLE_IN_DATABASE,
    ROLE,
    DATABASE,
    /** {@code ALTER ROLE ALL}. */
    ALL_ROLES,
    /** {@code postgresql.conf}, {@code ALTER SYSTEM} or the server's command line. */
    SERVER
  }

  /** The value as a time-out; empty when it is none, or 0, which switches a time-out off. */
  public Optional<Duration> timeout() {
    Matcher time = TIME.matcher(value.strip());
    return time.matches()
        ? Optional.of(
                Duration.ofMillis(
                    Math.round(Double.parseDouble(time.group(1)) * MILLIS.get(time.group(2)))))
            .filter(set -> !set.isZero())
        : Optional.empty();
  }

  /** Whether it switches something on. */
  public boolean isOn() {
    return value.strip().toLowerCase(Locale.ROOT).matches("on|true|yes|1");
  }
}
