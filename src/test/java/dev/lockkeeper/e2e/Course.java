package dev.lockkeeper.e2e;

import java.util.List;

/**
 * Where a flight goes.
 *
 * @param command what opens it
 * @param orders what the operator was told
 * @param lease the step that takes the lease; the lease itself is renewed all the time
 * @param down the step after which no pod is left and others are, if the course has one
 */
record Course(List<String> command, Orders orders, String lease, String down) {
  private static final String PACE = "10";

  /** The upgrade, from its first step to its last. */
  static Course upgrade() {
    return new Course(List.of("practice", "--pace", PACE), Orders.upgrade(), "2.2", "");
  }

  /**
   * The recovery, with nearly all of its acts.
   *
   * @param door which option to take about the door
   */
  static Course recovery(String door) {
    return new Course(
        List.of("practice", "long-way", "--pace", PACE),
        Orders.recovery(door, "v2.27.11"),
        "2.3",
        "4.1");
  }
}
