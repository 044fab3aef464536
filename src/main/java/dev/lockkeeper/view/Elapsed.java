package dev.lockkeeper.view;

import java.time.Duration;

/** How long, in as few columns as a person can read: {@code 12 s}, {@code 3m12s}, {@code 5h03m}. */
final class Elapsed {
  private Elapsed() {}

  /** At most six columns, up to 99 days. */
  static String text(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return "%dm%02ds".formatted(seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return "%dh%02dm".formatted(seconds / 3600, seconds / 60 % 60);
    }
    return "%dd%02dh".formatted(seconds / 86_400, seconds / 3600 % 24);
  }
}
