package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * As many pods are Ready as before the run, or as an autoscaler has set since, and the rollout that
 * brought them is over (C16).
 */
public record ReplicasAreBack() implements Check {
  @Override
  public String word() {
    return "replicas-are-back";
  }

  @Override
  public String question() {
    return "as many pods are Ready as before, all of the newest template";
  }

  @Override
  public Optional<String> repays() {
    return Optional.of(RunFacts.REPLICAS);
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Integer> before = snapshot.run().replicas();
    if (cluster.isEmpty() || before.isEmpty()) {
      return Verdict.unknown("the replica count, now or before, is not known");
    }
    int ready = cluster.get().readyPods().size();
    int wanted = cluster.get().deployment().map(Deployment::replicas).orElse(0);
    String counted = "%d Ready, wants %d, before %d".formatted(ready, wanted, before.get());
    boolean scaled = ready == wanted && autoscaled(cluster.get(), snapshot, wanted, before.get());
    if (!scaled && (ready != before.get() || wanted != before.get())) {
      return Verdict.fail(counted);
    }
    Verdict rollout = new RolledOut().evaluate(snapshot, knowledge);
    return rollout.passed()
        ? Verdict.pass(counted + (scaled ? "; an autoscaler sets the count" : ""))
        : new Verdict(rollout.answer(), counted + "; " + rollout.evidence(), Optional.empty());
  }

  /** Whether it is another number than this run had set last, and somebody is seen who scales. */
  private static boolean autoscaled(Cluster cluster, Snapshot snapshot, int wanted, int before) {
    Optional<Integer> set = snapshot.run().recalled(RunFacts.REPLICAS_SET).map(Integer::valueOf);
    return wanted > 0
        && wanted != before
        && wanted != set.orElse(wanted)
        && FreshFacts.read(cluster.scalers(), snapshot).orElse(List.of()).stream()
            .anyMatch(each -> each.autoscaler() && each.acts());
  }
}
