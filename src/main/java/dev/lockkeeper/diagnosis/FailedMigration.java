package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import java.util.ArrayList;
import java.util.List;

/** A migration that failed with an error of SQL: every further attempt meets it again. */
final class FailedMigration {
  private FailedMigration() {}

  static List<Finding> find(Sight sight) {
    return sight.failure(LogFailure.Kind.SQL).map(failed -> finding(sight, failed)).stream()
        .toList();
  }

  private static Finding finding(Sight sight, PodFailure failed) {
    boolean whole =
        sight
            .wanted()
            .map(version -> Regime.possible(version).stream().allMatch(Regime::oneTransaction))
            .orElse(false);
    List<String> evidence = new ArrayList<>(List.of(failed.evidence()));
    evidence.add(sight.migration().headline());
    evidence.add(
        whole
            ? "all pending migrations are one transaction: nothing of it was kept"
            : "what was committed before it may have stayed: look at the schema number");
    return Finding.proven(
        Kind.MIGRATION_FAILED,
        sight.migration().underWay() ? Urgency.BEWARE : Urgency.ACT,
        "The migration failed and was rolled back: " + failed.failure().text(),
        sight.inCluster(evidence),
        Advice.act(
            whole
                ? "Go back to the image of before, which still fits; then find out about the data,"
                      + " or ask support with this message."
                : "Ask support with this message and the schema number.",
            Finding.SUPPORT),
        "let it start again and again: it fails at the same place each time. Do not change"
            + " schema_migrations by hand.");
  }
}
