package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** The Deployment wants as many replicas as the operator chose (C8, C9). */
public record ScaledAsChosen() implements Check {
  @Override
  public String word() {
    return "scaled-as-chosen";
  }

  @Override
  public String question() {
    return "the deployment wants as many replicas as you chose";
  }

  @Override
  public List<String> needs() {
    return List.of("scale-to");
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    Optional<Integer> chosen = chosen(snapshot);
    if (chosen.isEmpty()) {
      return Verdict.unknown("neither zero nor one was chosen");
    }
    return Verdict.of(
        deployment.get().replicas() == chosen.get(),
        "wants %d, chosen %d".formatted(deployment.get().replicas(), chosen.get()));
  }

  /** The replica count that was chosen, if one was; any other word than these two names none. */
  public static Optional<Integer> chosen(Snapshot snapshot) {
    return snapshot
        .run()
        .chosen("scale-to")
        .flatMap(
            word ->
                word.equals("zero")
                    ? Optional.of(0)
                    : word.equals("one") ? Optional.of(1) : Optional.empty());
  }
}
