package dev.lockkeeper.check.coderv1;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * Every wanted pod is Ready with the Deployment's image, and no other is left. Coder v1 does not
 * tell its version as v2 does: Kubernetes' own probe and the image are what there is.
 */
public record CoderV1PodsAreReady() implements Check {
  @Override
  public String word() {
    return "v1-pods-are-ready";
  }

  @Override
  public String question() {
    return "all wanted pods are Ready with the deployment's image, and no others are left";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    String image = deployment.get().image();
    long others =
        cluster.get().pods().stream()
            .filter(pod -> pod.terminating() || !pod.image().equals(image))
            .count();
    long ready = cluster.get().readyPods().stream().map(Pod::image).filter(image::equals).count();
    boolean current =
        deployment.get().status().observedGeneration() >= deployment.get().generation();
    int wanted = deployment.get().replicas();
    return Verdict.of(
        current && wanted > 0 && ready == wanted && others == 0,
        "%d of %d Ready with %s, %d others".formatted(ready, wanted, image, others));
  }
}
