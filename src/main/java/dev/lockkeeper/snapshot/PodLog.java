package dev.lockkeeper.snapshot;

import java.util.List;

/**
 * The last lines that a pod's coderd container printed: raw, and bounded by who read them.
 *
 * @param pod the pod's name
 * @param restarts how often the container had been restarted when they were read
 * @param tail the last lines of the present container, or of the last one when none runs
 * @param previous the last lines of the container before it; without lines when there was none
 */
public record PodLog(
    String pod, int restarts, Observed<List<String>> tail, Observed<List<String>> previous) {
  public PodLog {
    tail = tail.map(List::copyOf);
    previous = previous.map(List::copyOf);
  }
}
