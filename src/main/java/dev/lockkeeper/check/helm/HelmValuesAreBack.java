package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** Helm has the operator's own replica count in its values again (C16). */
public record HelmValuesAreBack() implements Check {
  @Override
  public String word() {
    return "helm-values-are-back";
  }

  @Override
  public String question() {
    return "Helm has your own values again";
  }

  @Override
  public Optional<String> repays() {
    return Optional.of(RunFacts.HELM_REPLICAS);
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<HelmRelease> release = ReleaseIsKnown.fresh(snapshot);
    if (release.isEmpty()) {
      return Verdict.unknown(ReleaseIsKnown.why(snapshot));
    }
    HelmRelease seen = release.get();
    boolean own =
        seen.deployed()
            && !ReleaseLookup.borrowed(seen)
            && snapshot
                .run()
                .recalled(RunFacts.HELM_REPLICAS)
                .map(Integer::valueOf)
                .filter(count -> count != seen.values().replicas())
                .isEmpty();
    return Verdict.of(
        own,
        "revision %d is %s, coder.replicaCount %d%s"
            .formatted(
                seen.revision(),
                seen.status(),
                seen.values().replicas(),
                ReleaseLookup.borrowed(seen) ? " for the time of the migration" : ""));
  }
}
