package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Amount;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Node;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * Some node takes new pods and is as large as one of ours asks for. What others use of it is not
 * seen: their pods are in namespaces of their own.
 */
public record NodeIsLargeEnough() implements Check {
  private static final String REQUESTS = "requests.";

  @Override
  public String word() {
    return "node-is-large-enough";
  }

  @Override
  public String question() {
    return "a node is large enough for such a pod";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    Observed<List<Node>> nodes = cluster.get().around().nodes();
    PodTemplate template = deployment.get().template();
    Optional<Node> fitting =
        nodes.value().orElse(List.of()).stream()
            .filter(node -> hindrance(node, template).isEmpty())
            .findFirst();
    if (FreshFacts.read(nodes, snapshot).isEmpty()) {
      return Verdict.unknown(FreshFacts.why(nodes));
    }
    return fitting
        .map(node -> Verdict.pass(node.name() + " is; what other pods use of it is not seen"))
        .orElseGet(() -> Verdict.fail(why(nodes.value().orElse(List.of()), template)));
  }

  private static String why(List<Node> nodes, PodTemplate template) {
    return nodes.stream()
        .flatMap(node -> hindrance(node, template).map(each -> node.name() + " " + each).stream())
        .limit(3)
        .reduce((one, other) -> one + "; " + other)
        .orElse("there is no node");
  }

  private static Optional<String> hindrance(Node node, PodTemplate template) {
    if (node.unschedulable()) {
      return Optional.of("is cordoned");
    }
    if (!node.ready()) {
      return Optional.of("is not Ready");
    }
    return node.taints().stream()
        .filter(taint -> taint.strict() && !template.tolerates(taint))
        .map(taint -> "has the taint " + taint.text())
        .findFirst()
        .or(() -> selected(node, template))
        .or(() -> small(node, template));
  }

  private static Optional<String> selected(Node node, PodTemplate template) {
    return template.nodeSelector().entrySet().stream()
        .filter(each -> !each.getValue().equals(node.labels().get(each.getKey())))
        .map(each -> "has no label %s=%s".formatted(each.getKey(), each.getValue()))
        .findFirst();
  }

  private static Optional<String> small(Node node, PodTemplate template) {
    return template.needs().entrySet().stream()
        .filter(need -> need.getKey().startsWith(REQUESTS))
        .flatMap(need -> small(node, need.getKey(), need.getValue()).stream())
        .findFirst();
  }

  private static Optional<String> small(Node node, String name, Amount need) {
    String what = name.substring(REQUESTS.length());
    return Optional.ofNullable(node.allocatable().get(what))
        .filter(need::exceeds)
        .map(all -> "has %s of %s, a pod requests %s".formatted(all.text(), what, need.text()));
  }
}
