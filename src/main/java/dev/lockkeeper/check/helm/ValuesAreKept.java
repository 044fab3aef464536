package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.OwnValues;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.ValuesFile;
import java.util.Optional;

/** The values that Helm has are in a file on this machine as well (C55). */
public record ValuesAreKept() implements Check {
  @Override
  public String word() {
    return "values-are-kept";
  }

  @Override
  public String question() {
    return "your values are in a file on this machine";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Helm> helm = HelmIsAtHand.fresh(snapshot);
    return helm.map(each -> judged(each, snapshot))
        .orElseGet(() -> Verdict.unknown(HelmIsAtHand.why(snapshot)));
  }

  private static Verdict judged(Helm helm, Snapshot snapshot) {
    Optional<HelmRelease> release = ReleaseIsKnown.fresh(snapshot);
    return helm.values()
        .map(file -> judged(file, release, use(file, helm, release, snapshot)))
        .orElseGet(() -> Verdict.fail("no file has them yet"));
  }

  private static Verdict judged(ValuesFile file, Optional<HelmRelease> release, String use) {
    if (!file.usable()) {
      return Verdict.fail("%s: %s".formatted(file.name(), file.trouble()));
    }
    Optional<Integer> newer =
        release
            .filter(HelmRelease::deployed)
            .filter(seen -> !ReleaseLookup.borrowed(seen))
            .map(HelmRelease::revision)
            .filter(revision -> file.revision().filter(kept -> kept < revision).isPresent());
    return newer
        .map(
            revision ->
                Verdict.fail(
                    "%s is of revision %d, and the release is at %d%s"
                        .formatted(
                            file.name(),
                            file.revision().orElseThrow(),
                            revision,
                            file.edited() ? ": move it away, to keep the current ones" : "")))
        .orElseGet(() -> Verdict.pass(file.name() + use));
  }

  /** What Helm will make of the file. */
  private static String use(
      ValuesFile file, Helm helm, Optional<HelmRelease> release, Snapshot snapshot) {
    if (!file.edited()) {
      return release.isPresent() ? ", as Helm has them" : ", as Helm had them";
    }
    return release
        .map(seen -> OwnValues.of(seen, helm, snapshot.run()))
        .filter(own -> own.trouble().isEmpty() && own.file().isEmpty())
        .map(own -> "; helm gives back those of %s, and not these".formatted(own.spoken()))
        .orElse(", which helm will get");
  }
}
