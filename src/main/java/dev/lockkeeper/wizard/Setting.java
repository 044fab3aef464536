package dev.lockkeeper.wizard;

import dev.lockkeeper.snapshot.Policy;
import java.time.ZoneId;

/**
 * What does not change while the program runs.
 *
 * @param run the run's name, with which it can be resumed
 * @param world which world this is
 * @param zone the operator's time zone
 * @param policy what was laid down for this context
 * @param stays whether the run is there to be resumed when it was left; it is not where its world
 *     ends with it
 */
public record Setting(String run, World world, ZoneId zone, Policy policy, boolean stays) {
  /** Which world the wizard looks at; it decides the banner. */
  public enum World {
    ORDINARY,
    /** The context is marked as production in the configuration. */
    PRODUCTION,
    /** Nothing in it is anybody's. */
    PRACTICE
  }
}
