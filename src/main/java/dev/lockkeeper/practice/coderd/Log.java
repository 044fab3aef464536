package dev.lockkeeper.practice.coderd;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What a server prints, as the container's log shows it. A dead process prints nothing. */
final class Log {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final Clock clock;
  private final Consumer<String> lines;
  private final BooleanSupplier alive;

  Log(Clock clock, Consumer<String> lines, BooleanSupplier alive) {
    this.clock = clock;
    this.lines = lines;
    this.alive = alive;
  }

  void line(String text) {
    if (alive.getAsBoolean()) {
      text.lines().forEach(lines);
      if (text.isEmpty()) {
        lines.accept("");
      }
    }
  }

  void info(String message, String fields) {
    line(TIME.format(clock.instant()) + " [info]  " + message + "  " + fields);
  }

  void warn(String message, String fields) {
    line(TIME.format(clock.instant()) + " [warn]  " + message + "  " + fields);
  }
}
