package dev.lockkeeper.e2e;

import java.util.List;

/**
 * Where a flight goes.
 *
 * @param command what opens it
 * @param orders what the operator was told
 * @param down the step after which no pod is left and others are, if the course has one
 */
record Course(List<String> command, Orders orders, String down) {
  /**
   * The upgrade, from its first step to its last. Probes keep the pace, too: at a higher one a busy
   * machine is too slow for the liveness probe, which then kills every migration.
   */
  static Course upgrade() {
    return new Course(List.of("practice", "--pace", "2"), Orders.upgrade(), "");
  }

  /**
   * The recovery, with nearly all of its acts.
   *
   * @param door which option to take about the door
   */
  static Course recovery(String door) {
    return new Course(
        List.of("practice", "long-way", "--pace", "10"), Orders.recovery(door, "v2.27.11"), "4.1");
  }
}
