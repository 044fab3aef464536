package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Node;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Nobody is known who would evict the pod that migrates. A descheduler is never seen from here. */
public record NobodyEvicts() implements Check {
  /** With this at the pod Karpenter leaves it where it is; it heeds no other's. */
  private static final String KEPT = "karpenter.sh/do-not-disrupt";

  private static final String KARPENTER = "karpenter.sh/nodepool";

  @Override
  public String word() {
    return "nobody-evicts";
  }

  @Override
  public String question() {
    return "nothing is seen that evicts pods";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    List<String> evictors = evictors(cluster.get(), deployment.get());
    if (!evictors.isEmpty()) {
      return Verdict.fail(String.join("; ", evictors) + budgets(cluster.get().around()));
    }
    Surroundings around = cluster.get().around();
    for (Observed<?> part : List.of(around.verticals(), around.nodes())) {
      if (FreshFacts.read(part, snapshot).isEmpty()) {
        return Verdict.unknown(FreshFacts.why(part));
      }
    }
    return Verdict.pass("no VerticalPodAutoscaler, Karpenter or cordoned node" + budgets(around));
  }

  /** They hold up a drain, and neither what this program does nor a rollout. */
  private static String budgets(Surroundings around) {
    return around.budgets().value().orElse(List.of()).stream()
        .map(budget -> "; " + budget.text())
        .collect(Collectors.joining());
  }

  private static List<String> evictors(Cluster cluster, Deployment deployment) {
    Surroundings around = cluster.around();
    List<String> found = new ArrayList<>();
    around.verticals().value().orElse(List.of()).stream()
        .map(name -> "VerticalPodAutoscaler %s may evict".formatted(name))
        .forEach(found::add);
    Set<String> ours = cluster.pods().stream().map(Pod::node).collect(Collectors.toSet());
    List<Node> nodes =
        around.nodes().value().orElse(List.of()).stream()
            .filter(node -> ours.contains(node.name()))
            .toList();
    nodes.stream()
        .filter(Node::unschedulable)
        .map(node -> "node %s is cordoned, as at the beginning of a drain".formatted(node.name()))
        .forEach(found::add);
    if (!kept(deployment)) {
      nodes.stream()
          .filter(node -> node.labels().containsKey(KARPENTER))
          .limit(1)
          .map(node -> "Karpenter runs node %s and may take it away".formatted(node.name()))
          .forEach(found::add);
    }
    return found;
  }

  private static boolean kept(Deployment deployment) {
    return "true".equals(deployment.template().annotations().get(KEPT));
  }
}
