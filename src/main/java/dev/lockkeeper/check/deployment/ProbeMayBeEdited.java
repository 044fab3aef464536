package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.Migrator;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** An edit of the probe, which starts a rollout, ends no migration (C25). */
public record ProbeMayBeEdited() implements Check {
  @Override
  public String word() {
    return "probe-may-be-edited";
  }

  @Override
  public String question() {
    return "editing the probe ends no migration";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    if (deployment.get().replicas() == 0) {
      return Verdict.pass("it wants 0 replicas: no pod restarts");
    }
    Migrator migrator = Migrator.of(snapshot);
    return switch (migrator.kind()) {
      case NOBODY -> Verdict.pass(migrator.who());
      case GONE -> Verdict.pass(migrator.who() + " migrates, and has no pod to lose");
      case POD -> Verdict.fail(migrator.who() + " migrates: the rollout would kill it first");
      case UNKNOWN -> Verdict.unknown("who migrates is not known: " + migrator.who());
    };
  }
}
