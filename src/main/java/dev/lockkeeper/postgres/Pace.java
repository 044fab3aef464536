package dev.lockkeeper.postgres;

import java.time.Duration;

/**
 * How often the database is asked, at most.
 *
 * @param fast sessions, locks and the schema number, while somebody migrates or waits
 * @param slow replicas, usage and growth
 * @param slowest sizes and counts
 * @param retry the first pause after the connection was lost
 */
public record Pace(Duration fast, Duration slow, Duration slowest, Duration retry) {
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  /** A refresh may keep the server busy for a fifth of the time at most. */
  private static final int REST = 4;

  public static Pace normal() {
    return new Pace(
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        Duration.ofSeconds(1));
  }

  /**
   * How long to pause after a refresh that took so long.
   *
   * @param stir how much it found to happen
   */
  Duration pauseAfter(Duration cost, Stir stir) {
    return longer(fast.multipliedBy(stir.slower), cost.multipliedBy(REST));
  }

  /** How much happens in the database. */
  enum Stir {
    /** Somebody migrates or waits. */
    TROUBLE(1),
    /** Nobody does; sessions have come or gone, or the schema number is another one. */
    NEWS(2),
    /** All is as it was at the look before. */
    NONE(4);

    private final int slower;

    Stir(int slower) {
      this.slower = slower;
    }
  }

  /** How long to pause before the next attempt to connect. */
  Duration retryAfter(int failures) {
    Duration pause = retry.multipliedBy(1L << Math.min(failures, 10));
    return pause.compareTo(LONGEST_RETRY) < 0 ? pause : LONGEST_RETRY;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
