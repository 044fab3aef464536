package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.SchemaGap;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Database;
import java.util.List;

/** A number that only a release with migrations left out can have left behind. */
final class MissingMigrations {
  private MissingMigrations() {}

  static List<Finding> find(RuleInput sight) {
    return sight
        .database()
        .map(Database::schema)
        .flatMap(table -> table.version())
        .flatMap(sight.knowledge()::gapAt)
        .map(gap -> finding(sight, gap))
        .stream()
        .toList();
  }

  private static Finding finding(RuleInput sight, SchemaGap gap) {
    return Finding.proven(
        Kind.MISSING_MIGRATIONS,
        gap.stop() ? Urgency.ACT : Urgency.KNOW,
        "The schema is at %d, without %s"
            .formatted(
                gap.schema(),
                String.join(", ", gap.missing().stream().map(String::valueOf).toList())),
        sight.inDatabase(List.of(gap.explanation())),
        Advice.findOut(
            gap.stop() ? "Stop, and ask support before anything else." : "Nothing now.",
            gap.stop() ? Finding.SUPPORT : ""),
        gap.stop() ? "upgrade: what is missing would be missing for ever." : "");
  }
}
