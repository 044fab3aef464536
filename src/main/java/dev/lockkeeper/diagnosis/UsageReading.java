package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

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
            usage ->
                usage
                    .value()
                    .ifPresentOrElse(
                        seen -> {
                          lines.add(
                              "people   %s seen in the last hour"
                                  .formatted(Spoken.count(seen.activeUsers(), "user")));
                          lines.add(
                              "agents   %s connected in the last minute"
                                  .formatted(Spoken.count(seen.connectedAgents(), "agent")));
                          lines.add(
                              "builds   %d running, %d pending"
                                  .formatted(seen.runningJobs(), seen.pendingJobs()));
                        },
                        () -> lines.add("unknown: " + usage.reason())),
            () -> lines.add("unknown: " + snapshot.database().reason()));
    lines.add("to send  " + announcement(snapshot));
    return lines;
  }

  private static String announcement(Snapshot snapshot) {
    return "\"Coder will be upgraded%s in a few minutes. Workspaces keep running, but you cannot reach them, or start or stop any, for about 10 minutes. Please let running builds finish and start no new ones.\""
        .formatted(snapshot.run().target().map(target -> " to " + target).orElse(""));
  }
}
