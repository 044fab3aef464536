package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.Usage;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Who would notice, and a text to send to them. */
final class UsageReading {
  private UsageReading() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    snapshot
        .database()
        .value()
        .map(Database::usage)
        .ifPresentOrElse(
            usage -> lines.addAll(lines(usage, snapshot)),
            () -> lines.add("unknown: " + snapshot.database().reason()));
    lines.add("to send  " + announcement(snapshot));
    return lines;
  }

  private static List<String> lines(Usage usage, Snapshot snapshot) {
    return List.of(
        line(
            "people",
            usage.activeUsers(),
            snapshot,
            users -> Durations.count(users, "user") + " seen in the last hour"),
        line(
            "agents",
            usage.connectedAgents(),
            snapshot,
            agents -> Durations.count(agents, "agent") + " connected in the last minute"),
        line(
            "builds",
            usage.builds(),
            snapshot,
            builds -> "%d running, %d pending".formatted(builds.running(), builds.pending())));
  }

  /** A table that is locked leaves the others to be read; what was read before has its age. */
  private static <T> String line(
      String name, Observed<T> fact, Snapshot snapshot, Function<T, String> spoken) {
    String age =
        fact.isKnown()
            ? ""
            : ", %s ago; since then %s"
                .formatted(Durations.of(fact.age(snapshot.now())), fact.reason());
    return "%-9s%s"
        .formatted(
            name,
            fact.value().map(spoken).map(told -> told + age).orElse("unknown: " + fact.reason()));
  }

  private static String announcement(Snapshot snapshot) {
    return "\"Coder will be upgraded%s in a few minutes. Workspaces keep running, but you cannot reach them, or start or stop any, for about 10 minutes. Please let running builds finish and start no new ones.\""
        .formatted(snapshot.run().target().map(target -> " to " + target).orElse(""));
  }
}
