package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.LivenessProbe;
import dev.lockkeeper.diagnosis.MigrationState;
import dev.lockkeeper.diagnosis.Spoken;
import dev.lockkeeper.diagnosis.UpgradePath;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** No liveness probe kills the pod that migrates before a migration has to be over. */
public record LivenessLeavesTime() implements Check {
  @Override
  public String question() {
    return "the liveness probe leaves a migration its time";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    Optional<LivenessProbe> probe = LivenessProbe.of(deployment.get());
    if (probe.isEmpty()) {
      return Verdict.pass("coderd has no liveness probe");
    }
    if (nothingToMigrate(snapshot, knowledge)) {
      return Verdict.pass("on, but no migration is pending");
    }
    boolean enough = probe.get().survival().compareTo(MigrationState.SUPPORT) >= 0;
    return Verdict.of(
        enough,
        "on: %s; a migration longer than %s never ends, usual are 4 to 7 min"
            .formatted(probe.get().arithmetic(), Spoken.of(probe.get().survival())));
  }

  private static boolean nothingToMigrate(Snapshot snapshot, Knowledge knowledge) {
    UpgradePath path = UpgradePath.certain(snapshot, knowledge);
    return path.schema().isPresent()
        && path.wanted().filter(wanted -> wanted.exact()).isPresent()
        && path.wanted().get().admits(path.schema().get());
  }
}
