package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.InTheWay;
import dev.lockkeeper.analysis.Sessions;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which replicas hold sessions, and which of these would stand in a migration's way. */
final class Contention {
  private Contention() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.database().value();
    if (database.isEmpty()) {
      return List.of("unknown: " + snapshot.database().reason());
    }
    Sessions sessions = Sessions.of(snapshot, database.get());
    List<InTheWay> forgotten = InTheWay.of(snapshot, database.get(), knowledge);
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Pod, List<Backend>> entry : sessions.byPod().entrySet()) {
      lines.add(row(entry.getKey().name(), entry.getValue()));
      lines.addAll(inTheWay(entry.getValue(), forgotten));
    }
    if (!sessions.elsewhere().isEmpty()) {
      boolean read = snapshot.cluster().value().isPresent();
      String whose = read ? "no pod (gone, or behind a pooler)" : "pods unknown";
      lines.add(row(whose, sessions.elsewhere()));
    }
    if (!sessions.unclear().isEmpty()) {
      lines.add(row("Coder's role, by another name", sessions.unclear()));
    }
    if (sessions.hidden() > 0) {
      lines.add(Durations.count(sessions.hidden(), "session") + " hidden from our role");
    }
    return lines.isEmpty() ? List.of("no coderd session") : lines;
  }

  /** What is left while the deployment drains. */
  static List<String> remaining(Snapshot snapshot, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    Optional<Cluster> cluster = snapshot.cluster().value();
    cluster.ifPresentOrElse(
        seen -> {
          long leaving = seen.pods().stream().filter(Pod::terminating).count();
          lines.add(
              "%s, %d of them Terminating"
                  .formatted(Durations.count(seen.pods().size(), "pod"), leaving));
        },
        () -> lines.add("pods unknown: " + snapshot.cluster().reason()));
    snapshot
        .database()
        .value()
        .ifPresentOrElse(
            seen ->
                lines.add(
                    Durations.count(Sessions.of(snapshot, seen).coderd().size(), "coderd session")
                        + snapshot
                            .run()
                            .quietSince()
                            .map(since -> Duration.between(since, snapshot.now()))
                            .map(quiet -> ", none for " + Durations.of(quiet))
                            .orElse("")),
            () -> lines.add("sessions unknown: " + snapshot.database().reason()));
    return lines;
  }

  private static String row(String whose, List<Backend> backends) {
    return "%-24s %s".formatted(whose, Durations.count(backends.size(), "session"));
  }

  /** Those of these sessions that keep a transaction open, with the tables that they hold. */
  private static List<String> inTheWay(List<Backend> backends, List<InTheWay> all) {
    List<String> lines = new ArrayList<>();
    for (InTheWay each : all) {
      if (backends.contains(each.backend())) {
        lines.add("  " + each.who());
        if (!each.behind().isEmpty()) {
          lines.add("  " + each.consequence());
        }
      }
    }
    return lines;
  }
}
