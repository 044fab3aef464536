package dev.lockkeeper.check.coderv1;

import dev.lockkeeper.analysis.CoderV1Path;
import dev.lockkeeper.analysis.CoderV1Values;
import dev.lockkeeper.analysis.OwnValues;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.helm.ReleaseIsKnown;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** The release's values name no prior version and no key that the target passes over (C56). */
public record CoderV1ValuesFit() implements Check {
  @Override
  public String word() {
    return "v1-values-fit";
  }

  @Override
  public String question() {
    return "the values have nothing from an older version";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return ReleaseIsKnown.fresh(snapshot)
        .map(release -> judged(release, snapshot))
        .orElseGet(() -> Verdict.unknown(ReleaseIsKnown.why(snapshot)));
  }

  private static Verdict judged(HelmRelease release, Snapshot snapshot) {
    Optional<HelmRelease.Values> own = OwnValues.read(release, snapshot);
    if (own.isEmpty()) {
      return Verdict.unknown("your values could not be read");
    }
    HelmRelease.Values values = own.get();
    List<String> troubles = CoderV1Values.troubles(values, CoderV1Path.of(snapshot).target());
    return troubles.isEmpty()
        ? Verdict.pass("%d values looked at".formatted(values.given().size()))
        : Verdict.fail(String.join("; ", troubles));
  }
}
