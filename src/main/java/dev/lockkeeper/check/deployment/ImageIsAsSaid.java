package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** The Deployment names the version that the operator said (C38). */
public record ImageIsAsSaid() implements Check {
  @Override
  public String word() {
    return "image-is-as-said";
  }

  @Override
  public String question() {
    return "the deployment names the version that you named";
  }

  @Override
  public List<String> needs() {
    return List.of("image-version");
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    Optional<CoderVersion> said =
        snapshot.run().said("image-version").flatMap(each -> CoderVersion.parse(each.value()));
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    if (said.isEmpty()) {
      return Verdict.unknown(unsaid(snapshot));
    }
    String image = deployment.get().image();
    return Verdict.of(CoderVersion.ofImage(image).equals(said), image);
  }

  private static String unsaid(Snapshot snapshot) {
    return snapshot
        .run()
        .said("image-version")
        .map(each -> "\"%s\" is no version (r asks again)".formatted(each.value()))
        .orElse("no version was named");
  }
}
