package dev.lockkeeper.check.helm;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.deployment.MemoryIsAsSaid;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** Whatever sets the memory limit the next time names the one that is there, as a person says. */
public record HelmKnowsTheLimit() implements Check {
  /** Under this word a person says which limit stands where we do not look. */
  public static final String TOLD = "told-memory";

  @Override
  public String word() {
    return "helm-knows-the-limit";
  }

  @Override
  public String question() {
    return "your values, or your own manifest, name the memory limit that is set";
  }

  @Override
  public Optional<String> repays() {
    return Optional.of("helm-memory");
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<String> told = snapshot.run().said(TOLD).map(RunFacts.Attested::value);
    return snapshot
        .freshCluster()
        .flatMap(Cluster::deployment)
        .flatMap(
            seen ->
                told.map(
                    limit ->
                        Verdict.of(
                            limit.strip().equals(MemoryIsAsSaid.limit(seen)),
                            "you said %s, and the deployment has %s"
                                .formatted(limit.strip(), MemoryIsAsSaid.limit(seen)))))
        .orElseGet(() -> Verdict.unknown("the deployment, or what you say, is not known"));
  }
}
