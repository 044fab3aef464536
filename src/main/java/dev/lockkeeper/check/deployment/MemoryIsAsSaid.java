package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Amount;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** The coderd container has the memory limit that was said. */
public record MemoryIsAsSaid() implements Check {
  /** Under this word the operator says how much it shall be. */
  public static final String LIMIT = "memory-limit";

  @Override
  public String word() {
    return "memory-is-as-said";
  }

  @Override
  public String question() {
    return "the memory limit is the one that you named";
  }

  @Override
  public List<String> needs() {
    return List.of(LIMIT);
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    Optional<String> said = snapshot.run().said(LIMIT).map(RunFacts.Attested::value);
    if (deployment.isEmpty() || said.isEmpty()) {
      return Verdict.unknown("the deployment or the limit that you want is not known");
    }
    String limit = limit(deployment.get());
    return Verdict.of(
        limit.equals(said.get().strip()),
        "limit %s, you named %s".formatted(limit, said.get().strip()));
  }

  /** The limit of coderd's container; {@code none} without one. */
  public static String limit(Deployment deployment) {
    return Optional.ofNullable(deployment.template().own().get(PodTemplate.MEMORY_LIMIT))
        .map(Amount::text)
        .orElse("none");
  }
}
