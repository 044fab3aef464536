package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Amount;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Quota;
import dev.lockkeeper.snapshot.Snapshot;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The quotas of the namespace let as many pods be made as there are to be in the end, and the one
 * more that a rolling update makes before it takes another away.
 */
public record QuotaLeavesRoom() implements Check {
  private static final List<String> PODS = List.of("pods", "count/pods");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,6})%?");
  private static final Pattern COMPUTED = Pattern.compile("(requests\\.|limits\\.)?(cpu|memory)");

  @Override
  public String word() {
    return "quota-leaves-room";
  }

  @Override
  public String question() {
    return "the quotas allow the pods";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    Observed<List<Quota>> quotas = cluster.get().around().quotas();
    Optional<List<Quota>> read = FreshFacts.read(quotas, snapshot);
    if (read.isEmpty()) {
      return Verdict.unknown(FreshFacts.why(quotas));
    }
    int replicas = snapshot.run().replicas().orElse(deployment.get().replicas());
    int wanted = replicas + (oneFirst(deployment.get(), replicas) ? 1 : 0);
    return read.get().stream()
        .filter(quota -> !quota.scoped())
        .flatMap(
            quota -> hindrance(quota, deployment.get(), wanted - there(cluster.get())).stream())
        .findFirst()
        .map(Verdict::fail)
        .orElseGet(() -> unscoped(read.get(), deployment.get(), wanted));
  }

  /**
   * What keeps even one pod from being made once all pods of the Deployment are gone; empty where
   * nothing does, or that is not known.
   */
  static Optional<String> notEvenOne(Snapshot snapshot) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    return deployment.flatMap(
        seen ->
            FreshFacts.read(cluster.get().around().quotas(), snapshot).stream()
                .flatMap(List::stream)
                .filter(quota -> !quota.scoped())
                .flatMap(quota -> hindrance(quota, seen, 1 - there(cluster.get())).stream())
                .findFirst());
  }

  private static int there(Cluster cluster) {
    return (int) cluster.pods().stream().filter(pod -> !pod.over()).count();
  }

  /** Whether a rolling update of so many may take none away before a new one is Ready. */
  private static boolean oneFirst(Deployment deployment, int replicas) {
    String most = deployment.rollout().maxUnavailable();
    Matcher number = NUMBER.matcher(most);
    if (replicas == 0 || deployment.rollout().strategy().equals("Recreate") || !number.matches()) {
      return false;
    }
    int count = Integer.parseInt(number.group(1));
    return (most.endsWith("%") ? replicas * count / 100 : count) == 0;
  }

  private static Verdict unscoped(List<Quota> quotas, Deployment deployment, int wanted) {
    if (quotas.stream().anyMatch(Quota::scoped)) {
      return Verdict.unknown("a quota counts some pods only, and which ones is not read here");
    }
    Optional<String> unsaid = unsaid(quotas, deployment);
    if (unsaid.isPresent()) {
      return Verdict.unknown(unsaid.get());
    }
    return Verdict.pass(
        quotas.isEmpty()
            ? "the namespace has none"
            : "there is room for %d pods".formatted(wanted));
  }

  /** A pod that does not say what is counted is refused, unless a LimitRange says it. */
  private static Optional<String> unsaid(List<Quota> quotas, Deployment deployment) {
    Set<String> said = needs(deployment).keySet();
    return quotas.stream()
        .flatMap(
            quota ->
                quota.hard().keySet().stream()
                    .filter(name -> COMPUTED.matcher(name).matches() && !said.contains(name))
                    .map(
                        name ->
                            "quota %s counts %s, which the deployment does not set: only a LimitRange can"
                                .formatted(quota.name(), name)))
        .sorted()
        .findFirst();
  }

  /** What of this quota would be exceeded by so many pods more. */
  private static Optional<String> hindrance(Quota quota, Deployment deployment, int more) {
    Map<String, Amount> needs = needs(deployment);
    return quota.hard().entrySet().stream()
        .filter(hard -> needs.containsKey(hard.getKey()))
        .filter(hard -> exceeds(quota, hard, needs.get(hard.getKey()), more))
        .map(
            hard ->
                "quota %s allows %s of %s, used: %s; a pod needs %s"
                    .formatted(
                        quota.name(),
                        hard.getValue().text(),
                        hard.getKey(),
                        Optional.ofNullable(quota.used().get(hard.getKey()))
                            .map(Amount::text)
                            .orElse("?"),
                        needs.get(hard.getKey()).text()))
        .sorted()
        .findFirst();
  }

  private static boolean exceeds(
      Quota quota, Map.Entry<String, Amount> hard, Amount need, int more) {
    BigDecimal used =
        Optional.ofNullable(quota.used().get(hard.getKey()))
            .map(Amount::value)
            .orElse(BigDecimal.ZERO);
    BigDecimal then = used.add(need.value().multiply(BigDecimal.valueOf(more)));
    return need.value().signum() > 0 && then.compareTo(hard.getValue().value()) > 0;
  }

  /** What one pod counts for, under every name that a quota may have for it. */
  private static Map<String, Amount> needs(Deployment deployment) {
    Map<String, Amount> needs = new HashMap<>(deployment.template().needs());
    PODS.forEach(name -> needs.put(name, Amount.of(1)));
    for (String name : List.of("cpu", "memory")) {
      Optional.ofNullable(needs.get("requests." + name)).ifPresent(each -> needs.put(name, each));
    }
    return needs;
  }
}
