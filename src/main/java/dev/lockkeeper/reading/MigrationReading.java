package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Course;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The migration with its clock, which runs only while one is truly under way. */
public final class MigrationReading {
  private static final int MOST = 2;

  /** What is found about a migration itself; of each the most urgent one says what to do. */
  private static final Set<Finding.Kind> ABOUT =
      EnumSet.of(
          Finding.Kind.V1_DATABASE,
          Finding.Kind.WRONG_DATABASE,
          Finding.Kind.MISSING_MIGRATIONS,
          Finding.Kind.PROBE_KILLS_MIGRATOR,
          Finding.Kind.ORPHAN_BACKEND,
          Finding.Kind.OLD_REPLICA_BLOCKS,
          Finding.Kind.OTHER_SESSION_BLOCKS,
          Finding.Kind.PREPARED_TRANSACTION_BLOCKS,
          Finding.Kind.NOBODY_MIGRATES,
          Finding.Kind.MIGRATOR_WILL_END,
          Finding.Kind.MIGRATOR_HELD_UP,
          Finding.Kind.MIGRATION_FAILED,
          Finding.Kind.SETTING_ENDS_MIGRATION,
          Finding.Kind.MIGRATION_LACKS_ROOM,
          Finding.Kind.MIGRATION_LACKS_RIGHTS,
          Finding.Kind.READ_ONLY_DATABASE,
          Finding.Kind.MIGRATION_INTERRUPTED,
          Finding.Kind.IMAGE_OLDER_THAN_SCHEMA,
          Finding.Kind.DIRTY,
          Finding.Kind.NO_SCHEMA,
          Finding.Kind.OUT_OF_MEMORY,
          Finding.Kind.LONG_MIGRATION,
          Finding.Kind.SILENT_MIGRATOR,
          Finding.Kind.MIGRATOR_UNSEEN);

  private MigrationReading() {}

  /**
   * What was found, what helps now and what would make it worse, in the words of the finding;
   * nothing while the migration works or nobody migrates. A killed pod and a blocked migration are
   * two findings: both are told, the more urgent one first.
   */
  public static List<String> advice(Snapshot snapshot, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    Diagnosis.of(snapshot, knowledge).stream()
        .filter(each -> ABOUT.contains(each.kind()) && urgent(each))
        .limit(MOST)
        .forEach(
            each -> {
              lines.add(each.headline());
              lines.add(
                  (each.urgency() == Finding.Urgency.ACT ? "do now: " : "take care: ")
                      + each.advice().text());
              if (!each.notThis().isEmpty()) {
                lines.add("do not " + each.notThis());
              }
            });
    return lines;
  }

  private static boolean urgent(Finding finding) {
    return finding.urgency() == Finding.Urgency.ACT || finding.urgency() == Finding.Urgency.BEWARE;
  }

  public static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    MigrationState state = MigrationState.of(snapshot);
    List<String> lines = new ArrayList<>();
    lines.add(state.headline());
    lines.addAll(state.evidence());
    state.running().ifPresent(running -> lines.add(clock(state, running)));
    state
        .migrator()
        .map(migrator -> Course.of(snapshot, migrator))
        .filter(Course::wasBlocked)
        .map(Course::past)
        .ifPresent(lines::add);
    lines.addAll(advice(snapshot, knowledge));
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    path.wanted()
        .ifPresent(
            wanted ->
                lines.add(
                    "schema %s → %s (%s)"
                        .formatted(
                            path.schema().map(Object::toString).orElse("?"),
                            wanted,
                            Durations.count(path.pending(knowledge).size(), "migration"))));
    return lines;
  }

  private static String clock(MigrationState state, Duration running) {
    if (state.kind() != MigrationState.Kind.IN_FLIGHT) {
      return "for %s · waiting, not working".formatted(Durations.of(running));
    }
    String verdict =
        running.compareTo(MigrationState.SUPPORT) > 0
            ? "over 15 min: without lock contention, ask support"
            : running.compareTo(MigrationState.NORMAL) > 0
                ? "longer than the usual 4 to 7 min"
                : "usual is 4 to 7 min, support from 15 min";
    return "for %s · %s".formatted(Durations.of(running), verdict);
  }
}
