package dev.lockkeeper.analysis;

import java.time.Duration;

/** Durations and counts as people say them. */
public final class Durations {
  private Durations() {}

  /** Such as {@code 12 s}, {@code 3m12s}, {@code 2h05m}. */
  public static String of(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? "%dm%02ds".formatted(seconds / 60, seconds % 60)
        : "%dh%02dm".formatted(seconds / 3600, seconds % 3600 / 60);
  }

  /** Such as {@code 1 pod}, {@code 3 pods}. */
  public static String count(long number, String noun) {
    return number == 1 ? "1 " + noun : "%,d %ss".formatted(number, noun);
  }
}
