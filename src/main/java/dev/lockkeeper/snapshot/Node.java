package dev.lockkeeper.snapshot;

import java.util.List;
import java.util.Map;

/**
 * A node of the cluster.
 *
 * @param name its name
 * @param ready whether its kubelet reports and calls it Ready
 * @param unschedulable whether it is cordoned: no pod is put on it
 * @param taints its taints
 * @param labels its labels
 * @param allocatable what pods may use of it in all, by {@code cpu}, {@code memory} and the like
 */
public record Node(
    String name,
    boolean ready,
    boolean unschedulable,
    List<Taint> taints,
    Map<String, String> labels,
    Map<String, Amount> allocatable) {
  public Node {
    taints = List.copyOf(taints);
    labels = Map.copyOf(labels);
    allocatable = Map.copyOf(allocatable);
  }

  /**
   * What keeps pods away that do not tolerate it.
   *
   * @param key such as {@code node.kubernetes.io/not-ready}
   * @param value often empty
   * @param effect {@code NoSchedule}, {@code NoExecute} or {@code PreferNoSchedule}
   */
  public record Taint(String key, String value, String effect) {
    /** As kubectl writes it: {@code key=value:effect}. */
    public String text() {
      return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect;
    }

    /** Whether it keeps a new pod away, and does not only make another node preferred. */
    public boolean strict() {
      return !effect.equals("PreferNoSchedule");
    }
  }
}
