package dev.lockkeeper.kubernetes.watch;

import java.util.Map;

/** Notices that what watches show is outdated: two heartbeats in a row know better. */
final class Lag {
  private Map<String, String> behind = Map.of();

  /**
   * Whether it is so now; it is said once and then watched for anew.
   *
   * @param shown the versions that the watches show, by uid
   * @param said those that the server says
   */
  boolean noticed(Map<String, String> shown, Map<String, String> said) {
    boolean differs = !shown.equals(said);
    boolean again = differs && shown.equals(behind);
    behind = differs && !again ? shown : Map.of();
    return again;
  }

  /** What was shown is of no matter any more. */
  void forget() {
    behind = Map.of();
  }
}
