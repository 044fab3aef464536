package dev.lockkeeper.practice.cluster;

import java.time.Duration;

/**
 * How fast the practice cluster's clocks run.
 *
 * @param factor 1 is real time; at 10, what takes ten seconds in Kubernetes takes one
 */
public record Pace(double factor) {
  /** As slow as life. */
  public static final Pace REAL = new Pace(1);

  public Pace {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("a pace is positive");
    }
  }

  /** How long something takes here that takes so many seconds in Kubernetes. */
  public Duration seconds(double real) {
    return Duration.ofNanos((long) (real * 1e9 / factor));
  }
}
