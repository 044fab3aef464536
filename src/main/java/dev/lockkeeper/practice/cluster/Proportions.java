package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sizes for ReplicaSets when a Deployment is scaled in the middle of a rollout. */
final class Proportions {
  private static final String MOST = "/metadata/annotations/deployment.kubernetes.io~1max-replicas";

  private Proportions() {}

  /** The new size of each ReplicaSet that gets one. */
  static Map<ObjectNode, Integer> of(Rollout rollout) {
    int wanted = Rollout.wanted(rollout.deployment());
    List<ObjectNode> active = rollout.active();
    Map<ObjectNode, Integer> sizes = new LinkedHashMap<>();
    if (active.size() <= 1) {
      List<ObjectNode> all = rollout.all();
      ObjectNode only = active.isEmpty() && !all.isEmpty() ? all.get(all.size() - 1) : null;
      only = active.isEmpty() ? only : active.get(0);
      if (only != null) {
        sizes.put(only, wanted);
      }
      return sizes;
    }
    return share(rollout, active);
  }

  private static Map<ObjectNode, Integer> share(Rollout rollout, List<ObjectNode> active) {
    RollingUpdate limits = RollingUpdate.of(rollout.deployment());
    int toAdd = limits.most() - rollout.allPods();
    int left = toAdd;
    Map<ObjectNode, Integer> sizes = new LinkedHashMap<>();
    List<ObjectNode> largestFirst =
        active.stream().sorted(Comparator.comparing(Rollout::wanted).reversed()).toList();
    for (ObjectNode set : largestFirst) {
      int change = Math.abs(left) > 0 ? between(fraction(set, limits), left) : 0;
      sizes.put(set, Math.max(0, Rollout.wanted(set) + change));
      left -= change;
    }
    // What rounding has left over goes to the largest one.
    int rest = left;
    sizes.computeIfPresent(largestFirst.get(0), (set, size) -> Math.max(0, size + rest));
    return sizes;
  }

  private static int fraction(ObjectNode set, RollingUpdate limits) {
    int size = Rollout.wanted(set);
    if (limits.replicas() == 0) {
      return -size;
    }
    int before = set.at(MOST).asInt(Json.number(set, "/status/replicas", limits.most()));
    double exact = (double) size * limits.most() / Math.max(1, before);
    return (int) Math.round(exact) - size;
  }

  private static int between(int change, int left) {
    return left > 0 ? Math.min(Math.max(0, change), left) : Math.max(Math.min(0, change), left);
  }
}
