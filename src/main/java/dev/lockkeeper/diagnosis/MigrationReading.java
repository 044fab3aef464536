package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The migration with its clock, which runs only while one is truly under way. */
public final class MigrationReading {
  private MigrationReading() {}

  public static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    MigrationState state = MigrationState.of(snapshot);
    List<String> lines = new ArrayList<>();
    lines.add(state.headline());
    lines.addAll(state.evidence());
    state.running().ifPresent(running -> lines.add(clock(state, running)));
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    path.wanted()
        .ifPresent(
            wanted ->
                lines.add(
                    "schema %s → %s (%s)"
                        .formatted(
                            path.schema().map(Object::toString).orElse("?"),
                            wanted,
                            Spoken.count(path.pending(knowledge).size(), "migration"))));
    return lines;
  }

  private static String clock(MigrationState state, Duration running) {
    if (state.kind() != MigrationState.Kind.IN_FLIGHT) {
      return "for %s · waiting, not working".formatted(Spoken.of(running));
    }
    String verdict =
        running.compareTo(MigrationState.SUPPORT) > 0
            ? "over 15 min: without lock contention, ask support"
            : running.compareTo(MigrationState.NORMAL) > 0
                ? "longer than the usual 4-7 min"
                : "usual is 4-7 min, support from 15";
    return "for %s · %s".formatted(Spoken.of(running), verdict);
  }
}
