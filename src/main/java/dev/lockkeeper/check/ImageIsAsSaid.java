package dev.lockkeeper.check;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The Deployment names the version that the operator said (C38). */
public record ImageIsAsSaid() implements Check {
  @Override
  public String question() {
    return "the deployment names the version that you said";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    Optional<CoderVersion> said =
        snapshot.run().said("image-version").flatMap(each -> CoderVersion.parse(each.value()));
    if (deployment.isEmpty() || said.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read, or no version was said");
    }
    String image = deployment.get().image();
    return Verdict.of(CoderVersion.ofImage(image).equals(said), image);
  }
}
