package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.diagnosis.Finding.Kind;
import java.util.List;
import java.util.Optional;

/** A migration that failed with an error of SQL; what helps depends on why it failed. */
final class FailedMigration {
  private static final String NOT_BY_HAND = "Do not change schema_migrations by hand.";

  private FailedMigration() {}

  static List<Finding> find(RuleInput sight) {
    return attempt(sight).map(FailedMigration::finding).stream().toList();
  }

  private static Optional<FailedAttempt> attempt(RuleInput sight) {
    return sight
        .failure(LogFailure.Kind.SQL)
        .or(() -> sight.failure(LogFailure.Kind.SETUP))
        .map(failed -> new FailedAttempt(sight, failed));
  }

  private static Finding finding(FailedAttempt attempt) {
    return switch (attempt.sql().cause()) {
      case PASSING, LOST, LOCK_WAIT, ENDED -> FailedInPassing.finding(attempt);
      case SETTING -> FailedBySetting.finding(attempt);
      case ROOM -> FailedForRoom.finding(attempt);
      case RIGHTS -> FailedForRights.finding(attempt);
      case PLACE -> FailedForPlace.finding(attempt);
      case DATA -> data(attempt);
      case UNTOLD -> untold(attempt);
    };
  }

  private static Finding data(FailedAttempt attempt) {
    return Finding.proven(
        Kind.MIGRATION_FAILED,
        attempt.urgency(false),
        attempt.headline(),
        attempt.evidence(
            List.of(Observation.known("data or schema are not as this migration expects"))),
        Advice.act(
            attempt.whole()
                ? "Go back to the previous image, which still fits; then find out about the data,"
                    + " or ask support with this message."
                : "Ask support with this message and the schema number.",
            Finding.SUPPORT),
        "let it start again and again: it fails at the same place each time. " + NOT_BY_HAND);
  }

  private static Finding untold(FailedAttempt attempt) {
    return Finding.untold(
        Kind.MIGRATION_FAILED,
        attempt.urgency(false),
        attempt.headline(),
        attempt.evidence(List.of()),
        List.of(
            "a setting that ends statements",
            "no room on disk or in memory",
            "a right that Coder's role lacks",
            "data that are not as the migration expects"),
        Advice.findOut(
            "These words do not tell why it failed: read PostgreSQL's own log of that"
                + " moment, or ask support with this message.",
            Finding.SUPPORT),
        "let it start again and again before the cause is known. " + NOT_BY_HAND);
  }
}
