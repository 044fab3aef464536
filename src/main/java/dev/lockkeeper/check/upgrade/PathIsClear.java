package dev.lockkeeper.check.upgrade;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.PathIssues;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.stream.Collectors;

/** Nothing on the path from the installed to the target version is to be avoided (C5). */
public record PathIsClear() implements Check {
  @Override
  public String word() {
    return "path-is-clear";
  }

  @Override
  public String question() {
    return "no known issue forbids this path";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    if (snapshot.freshCluster().isEmpty() || snapshot.freshDatabase().isEmpty()) {
      return Verdict.unknown("the cluster or the database cannot be read");
    }
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    if (path.source().isEmpty() || path.target().isEmpty()) {
      return Verdict.unknown("the path is not known");
    }
    List<KnownIssue> issues = PathIssues.relevant(snapshot, knowledge);
    List<KnownIssue> avoid =
        issues.stream().filter(issue -> issue.severity() == KnownIssue.Severity.AVOID).toList();
    return avoid.isEmpty()
        ? Verdict.pass(
            "%s → %s; %s to know"
                .formatted(
                    path.source().get(),
                    path.target().get(),
                    Durations.count(issues.size(), "thing")))
        : Verdict.fail(avoid.stream().map(KnownIssue::title).collect(Collectors.joining("; ")));
  }
}
