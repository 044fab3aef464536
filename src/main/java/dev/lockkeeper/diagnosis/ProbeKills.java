package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.ChartFacts;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A liveness probe that ends the pod in the middle of its migration, or is about to. */
final class ProbeKills {
  private static final int SIGKILL = 137;
  private static final int SIGTERM = 143;

  private final Sight sight;
  private final Deployment deployment;
  private final Probe probe;

  private ProbeKills(Sight sight, Deployment deployment, String json) {
    this.sight = sight;
    this.deployment = deployment;
    this.probe = Probe.of(json, deployment.terminationGrace());
  }

  static List<Finding> find(Sight sight) {
    return sight
        .deployment()
        .flatMap(seen -> seen.livenessProbe().map(json -> new ProbeKills(sight, seen, json)))
        .map(ProbeKills::findings)
        .orElse(List.of());
  }

  private List<Finding> findings() {
    return sight.pods().stream()
        .filter(pod -> !pod.ready() && !pod.terminating())
        .flatMap(pod -> of(pod).stream())
        .limit(1)
        .toList();
  }

  private Optional<Finding> of(Pod pod) {
    Optional<String> killed = killed(pod);
    if (killed.isPresent()) {
      return Optional.of(
          finding(
              pod,
              "The liveness probe kills %s again and again".formatted(pod.name()),
              killed.get()));
    }
    return migrates(pod)
        ? Optional.of(
            finding(
                pod,
                "The liveness probe will kill %s, which migrates%s"
                    .formatted(pod.name(), left(pod)),
                "it is not Ready while it migrates, and answers no probe"))
        : Optional.empty();
  }

  /** Killed by a signal, with the probe's failures among the events, and for nothing else. */
  private Optional<String> killed(Pod pod) {
    Optional<Pod.Termination> end =
        pod.last()
            .filter(last -> last.exitCode() == SIGKILL || last.exitCode() == SIGTERM)
            .filter(last -> !last.reason().equals("OOMKilled"));
    Optional<ClusterEvent> event =
        sight.cluster().stream()
            .flatMap(seen -> seen.events().stream())
            .filter(each -> each.object().equals(pod.name()))
            .filter(each -> each.message().toLowerCase(Locale.ROOT).contains("liveness"))
            .findFirst();
    return end.flatMap(
        last ->
            event.map(
                seen ->
                    "exit code %d %s ago after %s; %s %s"
                        .formatted(
                            last.exitCode(),
                            Spoken.of(Duration.between(last.finishedAt(), sight.snapshot().now())),
                            Spoken.count(pod.restarts(), "restart"),
                            seen.reason(),
                            seen.message())));
  }

  /** Whether the session that migrates, or queues to migrate, is this pod's. */
  private boolean migrates(Pod pod) {
    return sight
        .migration()
        .migrator()
        .map(sight::origin)
        .filter(origin -> origin.kind() == Origin.Kind.POD)
        .flatMap(Origin::pod)
        .filter(pod::equals)
        .isPresent();
  }

  private String left(Pod pod) {
    return pod.startedAt()
        .map(start -> Duration.between(start, sight.snapshot().now()).toSeconds())
        .map(age -> probe.untilKill() - age)
        .filter(left -> left > 0)
        .map(left -> ", in about " + left + " s")
        .orElse("");
  }

  private Finding finding(Pod pod, String headline, String proof) {
    List<String> evidence = new ArrayList<>();
    evidence.add(probe.arithmetic());
    evidence.add(proof);
    evidence.add(
        Versions.running(Optional.of(deployment)).map(Regime::of).orElse(Regime.C).oneTransaction()
            ? "all pending migrations are one transaction: each kill loses all of the work"
            : "each migration is committed by itself: a kill leaves the one under way as dirty");
    return Finding.proven(
        Kind.PROBE_KILLS_MIGRATOR,
        Urgency.ACT,
        headline,
        sight.inCluster(evidence),
        Advice.act("Scale to zero, %s, then start one pod.".formatted(remedy()), Steps.SCALE_DOWN),
        "edit the probe of the running deployment: that starts a rollout and ends the"
            + " migrating pod. The readiness probe never kills; leave it.");
  }

  private String remedy() {
    ChartFacts chart =
        Versions.running(Optional.of(deployment))
            .map(sight.knowledge()::chart)
            .orElseGet(() -> sight.knowledge().charts().get(0));
    if (chart.canDisableLiveness()) {
      return "switch the liveness probe off in the values (coder.livenessProbe.enabled=false)";
    }
    return chart.livenessValues().contains("initialDelaySeconds")
        ? "delay the liveness probe in the values (coder.livenessProbe.initialDelaySeconds=1800;"
            + " this chart cannot switch it off)"
        : "take the liveness probe out of the deployment (this chart has no value for it, and the"
            + " next helm upgrade puts it back)";
  }
}
