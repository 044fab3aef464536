package dev.lockkeeper.snapshot;

import java.time.Instant;
import java.util.List;

/**
 * What stands around a Deployment and decides whether its pods are made, find a node and may stay.
 * Each part is known by itself: most operators may not read all of it.
 *
 * @param nodes the nodes of the cluster
 * @param quotas the ResourceQuotas of the namespace
 * @param defaults the names of LimitRanges of the namespace that fill in requests and limits
 * @param budgets the PodDisruptionBudgets that select the Deployment's pods
 * @param verticals the VerticalPodAutoscalers that target the Deployment and may evict, by name
 * @param helm what our user may do of that which {@code helm upgrade} does: with Helm's own Secrets
 *     and with what the chart has made; empty where Helm does not keep the Deployment
 */
public record Surroundings(
    Observed<List<Node>> nodes,
    Observed<List<Quota>> quotas,
    Observed<List<String>> defaults,
    Observed<List<DisruptionBudget>> budgets,
    Observed<List<String>> verticals,
    Observed<List<Right>> helm) {
  public Surroundings {
    nodes = nodes.map(List::copyOf);
    quotas = quotas.map(List::copyOf);
    defaults = defaults.map(List::copyOf);
    budgets = budgets.map(List::copyOf);
    verticals = verticals.map(List::copyOf);
    helm = helm.map(List::copyOf);
  }

  /** Nothing was read yet. */
  public static Surroundings notYet(Instant at) {
    return new Surroundings(
        Observed.notYet(at),
        Observed.notYet(at),
        Observed.notYet(at),
        Observed.notYet(at),
        Observed.notYet(at),
        Observed.notYet(at));
  }
}
