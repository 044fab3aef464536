package dev.lockkeeper.worlds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a world is to be.
 *
 * @param scenario where it begins, a plain word
 * @param pace how much faster than in reality time-consuming things go; 1 is real
 * @param grace how long it waits for somebody to come back
 */
public record WorldOptions(String scenario, double pace, Duration grace) {
  public static final String DEFAULT_SCENARIO = "upgrade";

  public WorldOptions {
    if (!(pace > 0) || pace > 1000) {
      throw new IllegalArgumentException("the pace is a number above 0, at most 1000");
    }
  }

  /** The default scenario at real pace. */
  public static WorldOptions defaults() {
    return new WorldOptions(DEFAULT_SCENARIO, 1, Duration.ofMinutes(10));
  }

  public WorldOptions withPace(double other) {
    return new WorldOptions(scenario, other, grace);
  }

  public WorldOptions withScenario(String other) {
    return new WorldOptions(other, pace, grace);
  }

  public WorldOptions withGrace(Duration other) {
    return new WorldOptions(scenario, pace, other);
  }

  /** As words of the command line of the world's process. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--scenario", scenario, "--pace", Double.toString(pace)));
    arguments.addAll(List.of("--grace", Long.toString(grace.toSeconds())));
    return arguments;
  }
}
