package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.analysis.MigrationLog;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * What the container before the present one printed, every line that was read, with the lines of
 * start-up and migration marked (C22). {@code kubectl logs -l} shows ten lines, and fails where
 * there was none before.
 */
final class PreviousLogs {
  private PreviousLogs() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    if (snapshot.cluster().value().isEmpty()) {
      return List.of("unknown: " + snapshot.cluster().reason());
    }
    Cluster cluster = snapshot.cluster().value().get();
    List<String> lines = new ArrayList<>();
    cluster.workload().logs().forEach(log -> lines.addAll(of(log)));
    return lines.isEmpty()
        ? List.of("no pod is there that is not Ready: logs are read of these alone")
        : lines;
  }

  private static List<String> of(PodLog log) {
    Observed<List<String>> previous = log.previous();
    if (previous.value().isEmpty()) {
      return List.of("%s: unknown: %s".formatted(log.pod(), previous.reason()));
    }
    List<String> printed = previous.value().get();
    if (printed.isEmpty()) {
      return List.of(log.pod() + ": no container ran before the present one");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, before restart %d: %s, %s"
            .formatted(
                log.pod(),
                log.restarts(),
                Durations.count(printed.size(), "line"),
                ended(printed)));
    printed.forEach(line -> lines.add(Mark.of(line).sign + line));
    return lines;
  }

  private static String ended(List<String> printed) {
    if (printed.stream().anyMatch(line -> Mark.of(line) == Mark.FAILED)) {
      return "and it says why it failed";
    }
    return printed.stream().anyMatch(line -> Mark.of(line) == Mark.SERVING)
        ? "its migrations were over"
        : "cut off while it connected, waited or migrated";
  }

  /** What a line tells of. */
  private enum Mark {
    LISTENING("start   "),
    MIGRATING("migrate "),
    SERVING("serves  "),
    FAILED("failed  "),
    NOTHING("        ");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }

    static Mark of(String line) {
      if (LogFailure.last(List.of(line)).isPresent()) {
        return FAILED;
      }
      if (line.contains("Logs will stream in below") || line.contains("pubsub postgres TCP")) {
        return SERVING;
      }
      if (MigrationLog.last(List.of(line)).isPresent()) {
        return MIGRATING;
      }
      return line.contains("Started HTTP listener") || line.contains("View the Web UI")
          ? LISTENING
          : NOTHING;
    }
  }
}
