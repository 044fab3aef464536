package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.LivenessProbe;
import dev.lockkeeper.coder.ChartFacts;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Change the liveness probe of the coderd container (C25, C26).
 *
 * @param way how
 */
public record EditProbe(Way way) implements Action {
  /** How the probe is changed. */
  public enum Way {
    /** It is taken out. */
    REMOVE,
    /** It stays, and asks for as long as a migration may take. */
    SOFTEN,
    /** It comes back as it was before the run. */
    RESTORE
  }

  @Override
  public String word() {
    return switch (way) {
      case REMOVE -> "remove-liveness-probe";
      case SOFTEN -> "soften-liveness-probe";
      case RESTORE -> "restore-liveness-probe";
    };
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> seen = cluster.flatMap(Cluster::deployment);
    if (seen.isEmpty()) {
      return Proposal.none("the deployment cannot be read now");
    }
    Deployment deployment = seen.get();
    Optional<String> before = LivenessProbe.before(snapshot.run(), deployment);
    Optional<String> against = against(deployment, before);
    if (against.isPresent()) {
      return Proposal.none(against.get());
    }
    Optional<String> wanted =
        switch (way) {
          case REMOVE -> Optional.empty();
          case SOFTEN -> deployment.livenessProbe().map(LivenessProbe::softened);
          case RESTORE -> before;
        };
    return Proposal.of(plan(cluster.get(), deployment, wanted, knowledge));
  }

  /** Why there is nothing to do, if there is not. */
  private Optional<String> against(Deployment seen, Optional<String> before) {
    Optional<LivenessProbe> probe = LivenessProbe.of(seen);
    return switch (way) {
      case REMOVE ->
          probe.isEmpty() ? Optional.of("coderd has no liveness probe") : Optional.empty();
      case SOFTEN ->
          probe.isEmpty()
              ? Optional.of("coderd has no liveness probe")
              : probe
                  .filter(LivenessProbe::leavesTime)
                  .map(each -> "it leaves enough time: " + each.arithmetic());
      case RESTORE ->
          before.isEmpty()
              ? Optional.of("no liveness probe is remembered from before this run")
              : seen.livenessProbe()
                  .filter(live -> LivenessProbe.same(live, before.get()))
                  .map(live -> "it is there as it was before");
    };
  }

  private Plan plan(
      Cluster cluster, Deployment seen, Optional<String> wanted, Knowledge knowledge) {
    ProbeRequest request =
        new ProbeRequest(
            cluster.identity().pinned(),
            seen.name(),
            seen.uid(),
            seen.generation(),
            seen.container().name(),
            seen.livenessProbe(),
            wanted);
    List<String> effects = new ArrayList<>();
    effects.add(meaning(seen, wanted));
    effects.addAll(rollout(cluster, seen));
    helm(seen, knowledge).ifPresent(effects::add);
    return new Plan(
        request,
        seen.replicas() == 0 ? Risk.SAFE : Risk.DISRUPTIVE,
        effects,
        request.undo(),
        cluster.identity().phrase());
  }

  private static String meaning(Deployment seen, Optional<String> wanted) {
    return wanted
        .map(json -> LivenessProbe.of(json, seen).arithmetic())
        .map("a pod that does not answer gets "::concat)
        .orElse(
            "Kubernetes restarts no pod that hangs; the readiness probe stays, and never kills");
  }

  /**
   * A changed template is a new ReplicaSet, and of the old pods those go first that are not Ready.
   */
  private static List<String> rollout(Cluster cluster, Deployment seen) {
    if (seen.replicas() == 0) {
      return List.of("no pod restarts: the deployment wants 0 replicas");
    }
    List<String> effects = new ArrayList<>();
    String pods = Durations.count(seen.replicas(), "new pod");
    effects.add(
        seen.rollout().strategy().equals("Recreate")
            ? "a rollout starts: all pods stop, and only then come %s of %s"
                .formatted(pods, seen.image())
            : "a rollout starts: all pods are replaced, one after the other, by %s of %s"
                .formatted(pods, seen.image()));
    String unready =
        cluster.pods().stream()
            .filter(pod -> !pod.ready() && !pod.terminating())
            .map(Pod::name)
            .collect(Collectors.joining(", "));
    if (!unready.isEmpty()) {
      effects.add("killed first, because they are not Ready: " + unready);
    }
    return effects;
  }

  /** What Helm makes of it the next time. */
  private Optional<String> helm(Deployment seen, Knowledge knowledge) {
    Optional<ChartFacts> chart = CoderVersion.ofImage(seen.image()).map(knowledge::chart);
    if (way == Way.RESTORE || chart.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        chart.get().canDisableLiveness()
            ? "your Helm values decide the next time: coder.livenessProbe.enabled=false keeps it"
                + " off"
            : "the next helm upgrade to a chart below v2.30 puts the probe back");
  }
}
