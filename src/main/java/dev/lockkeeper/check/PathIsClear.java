package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.diagnosis.UpgradePath;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.stream.Collectors;

/** No known trouble lies on the path from the installed to the target version (C5). */
public record PathIsClear() implements Check {
  @Override
  public String question() {
    return "no known trouble on this path";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    if (path.source().isEmpty() || path.target().isEmpty()) {
      return Verdict.unknown("the path is not known");
    }
    List<KnownIssue> issues = path.issues(knowledge);
    return issues.isEmpty()
        ? Verdict.pass("%s → %s".formatted(path.source().get(), path.target().get()))
        : Verdict.fail(issues.stream().map(KnownIssue::title).collect(Collectors.joining("; ")));
  }
}
