package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.PathIssues;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import java.util.List;

/** A path on which others came to grief, before it is taken. */
final class KnownTrouble {
  private KnownTrouble() {}

  static List<Finding> find(RuleInput sight) {
    if (sight.migration().kind() == MigrationState.Kind.COMMITTED) {
      return List.of();
    }
    return PathIssues.relevant(sight.snapshot(), sight.knowledge()).stream()
        .filter(issue -> issue.severity() == KnownIssue.Severity.AVOID)
        .map(KnownTrouble::finding)
        .toList();
  }

  private static Finding finding(KnownIssue issue) {
    return Finding.proven(
        Kind.KNOWN_TROUBLE,
        Urgency.BEWARE,
        issue.title(),
        List.of(issue.symptom(), issue.cause(), issue.reference()).stream()
            .map(Observation::known)
            .toList(),
        Advice.findOut(issue.remedy(), Steps.PATH),
        "take this path before that is settled.");
  }
}
