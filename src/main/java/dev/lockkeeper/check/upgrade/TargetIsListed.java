package dev.lockkeeper.check.upgrade;

import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * The target stands in the list of releases. One that does not may be newer than this program, or a
 * typing error that is noticed only when its image cannot be pulled and nobody serves any more.
 */
public record TargetIsListed() implements Check {
  @Override
  public String word() {
    return "target-is-listed";
  }

  @Override
  public String question() {
    return "the target is a release that this program lists";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> target = UpgradePath.of(snapshot, knowledge).target();
    if (target.isEmpty()) {
      return Verdict.unknown("no target version was given");
    }
    return knowledge
        .release(target.get())
        .map(release -> Verdict.pass(target.get() + " is listed"))
        .orElseGet(
            () ->
                Verdict.unknown(
                    "%s is not in the list (newest: %s): a typing error, or newer than this program"
                        .formatted(
                            target.get(),
                            knowledge.newest().map(CoderVersion::toString).orElse("none"))));
  }
}
