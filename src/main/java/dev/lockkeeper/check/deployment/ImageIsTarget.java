package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The Deployment names the target image (C11). */
public record ImageIsTarget() implements Check {
  @Override
  public String word() {
    return "image-is-target";
  }

  @Override
  public String question() {
    return "the deployment names the target image";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    if (deployment.isEmpty() || target.isEmpty()) {
      return Verdict.unknown("the deployment or the target is not known");
    }
    String image = deployment.get().image();
    return Verdict.of(CoderVersion.ofImage(image).equals(target), image);
  }
}
