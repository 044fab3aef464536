package dev.lockkeeper.check.upgrade;

import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/**
 * The target is a release that is known, and newer than what is installed; or it is on its way
 * already.
 */
public record TargetIsNewer() implements Check {
  @Override
  public String word() {
    return "target-is-newer";
  }

  @Override
  public String question() {
    return "the target is newer than what is installed, or in progress";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    UpgradePath path = UpgradePath.certain(snapshot, knowledge);
    if (path.target().isEmpty()) {
      return Verdict.fail("no target version was given: start with --to v2.x.y");
    }
    Verdict begun = new TargetIsUnderWay().evaluate(snapshot, knowledge);
    if (begun.passed()) {
      return begun;
    }
    if (path.source().isEmpty()) {
      return Verdict.unknown("the installed version cannot be read");
    }
    CoderVersion source = path.source().get();
    CoderVersion target = path.target().get();
    if (target.equals(source)) {
      return Verdict.fail(target + " is installed already: nothing is left to upgrade");
    }
    if (target.compareTo(source) < 0) {
      return Verdict.fail(
          "%s is not newer than %s; the only way back is a database snapshot"
              .formatted(target, source));
    }
    return path.wanted().isEmpty()
        ? Verdict.unknown("this program does not know the release " + target)
        : Verdict.pass("%s → %s, schema %s".formatted(source, target, path.wanted().get()));
  }
}
