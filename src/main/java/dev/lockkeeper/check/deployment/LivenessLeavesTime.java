package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.KillingProbe;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * No probe kills the pod that migrates before a migration has to be over: neither the liveness
 * probe nor a startup probe, which goes before it.
 */
public record LivenessLeavesTime() implements Check {
  @Override
  public String word() {
    return "liveness-leaves-time";
  }

  @Override
  public String question() {
    return "the liveness probe leaves a migration enough time";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    Optional<KillingProbe> probe = KillingProbe.of(deployment.get());
    if (probe.isEmpty()) {
      return Verdict.pass(
          deployment.get().livenessProbe().isEmpty()
              ? "coderd has no liveness probe"
              : "it tests only the open port, which coderd has while it migrates");
    }
    if (nothingToMigrate(snapshot, knowledge)) {
      return Verdict.pass("on, but no migration is pending");
    }
    return Verdict.of(
        probe.get().leavesTime(),
        "on: %s; a migration longer than %s never ends; 4 to 7 min are usual"
            .formatted(probe.get().arithmetic(), Durations.of(probe.get().survival())));
  }

  private static boolean nothingToMigrate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Long> schema =
        snapshot.freshDatabase().map(Database::schema).flatMap(table -> table.version());
    return UpgradePath.of(snapshot, knowledge)
        .wanted()
        .filter(SchemaNumber::exact)
        .filter(wanted -> schema.filter(wanted::admits).isPresent())
        .isPresent();
  }
}
