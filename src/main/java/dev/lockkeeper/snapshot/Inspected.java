package dev.lockkeeper.snapshot;

import java.util.List;

/**
 * What was read of one object of the cluster: masked, and bounded by who read it.
 *
 * @param of what was asked for
 * @param lines its lines, or why they could not be read
 * @param containers the pod's containers by their names, init containers first; empty unless it is
 *     a log
 * @param container whose log it is; empty unless it is a log
 * @param omitted how many lines before these were left out as far as is known: a log is read from
 *     its end
 * @param ended whether nothing more comes
 */
public record Inspected(
    Inspection of,
    Observed<List<String>> lines,
    List<String> containers,
    String container,
    long omitted,
    boolean ended) {
  public Inspected {
    lines = lines.map(List::copyOf);
    containers = List.copyOf(containers);
  }

  /** One that cannot be read. */
  public static Inspected unread(Inspection of, Observed<List<String>> why) {
    return new Inspected(of, why, List.of(), of.container(), 0, true);
  }
}
