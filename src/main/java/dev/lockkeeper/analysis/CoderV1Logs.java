package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** The last lines of the pods that are not Ready: of the init container, while that is at work. */
final class CoderV1Logs {
  private static final int TAIL = 12;

  private CoderV1Logs() {}

  static List<String> lines(Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    if (snapshot.cluster().value().isEmpty()) {
      return List.of("unknown: " + snapshot.cluster().reason());
    }
    for (PodLog log : snapshot.cluster().value().get().workload().logs()) {
      lines.add(log.pod() + ":");
      List<String> tail = log.tail().value().orElse(List.of());
      if (tail.isEmpty()) {
        lines.add("  " + (log.tail().isKnown() ? "nothing yet" : log.tail().reason()));
      }
      tail.subList(Math.max(0, tail.size() - TAIL), tail.size())
          .forEach(line -> lines.add("| " + line));
    }
    return lines.isEmpty() ? List.of("No pod is there that is not Ready.") : lines;
  }
}
