package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.KillingProbe;
import dev.lockkeeper.analysis.LivenessKill;
import dev.lockkeeper.analysis.Origin;
import dev.lockkeeper.analysis.PodEnd;
import dev.lockkeeper.analysis.Versions;
import dev.lockkeeper.coder.ChartFacts;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.SchemaTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A liveness probe that ended the pod in the middle of its migration, which the kubelet says
 * itself, or that leaves the migration less time than one may take, which is arithmetic and no
 * proof.
 */
final class ProbeKills {
  private static final String NOT_THIS =
      "edit the probe of the running deployment: that starts a rollout and ends the migrating pod."
          + " The readiness probe never kills; leave it.";

  private static final Duration KEPT = Duration.ofHours(1);

  private final RuleInput sight;
  private final Deployment deployment;
  private final KillingProbe probe;

  private ProbeKills(RuleInput sight, Deployment deployment, KillingProbe probe) {
    this.sight = sight;
    this.deployment = deployment;
    this.probe = probe;
  }

  static List<Finding> find(RuleInput sight) {
    return sight
        .deployment()
        .flatMap(seen -> KillingProbe.of(seen).map(probe -> new ProbeKills(sight, seen, probe)))
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
    return killed(pod)
        .or(() -> perhapsKilled(pod))
        .or(() -> probe.leavesTime() || !migrates(pod) ? Optional.empty() : ahead(pod));
  }

  /**
   * Whether its image may have something to migrate. Where the schema is at its number already,
   * what did not answer was a coderd that served, or was to serve: more time is no cure for that.
   */
  private boolean mayMigrate(Pod pod) {
    Optional<SchemaTable> schema = sight.database().map(Database::schema);
    return schema.filter(SchemaTable::dirty).isPresent()
        || CoderVersion.ofImage(pod.image())
            .flatMap(sight.knowledge()::schemaOf)
            .filter(SchemaNumber::exact)
            .filter(
                last ->
                    schema
                        .flatMap(SchemaTable::version)
                        .filter(now -> now >= last.number())
                        .isPresent())
            .isEmpty();
  }

  /** What was cured since is no matter: a pod of another template has the probe of before. */
  private boolean cured(Pod pod) {
    return probe.leavesTime()
        && sight.cluster().filter(cluster -> PodEnd.ofNow(pod, cluster)).isEmpty();
  }

  private Optional<Finding> killed(Pod pod) {
    Optional<ClusterEvent> event = sight.cluster().flatMap(seen -> LivenessKill.of(pod, seen));
    if (event.isEmpty() || cured(pod) || !mayMigrate(pod)) {
      return Optional.empty();
    }
    // What each attempt commits is not lost: the next one may have less to do than time.
    Advice advice =
        regime().oneTransaction()
            ? Advice.act(
                "Scale to zero, %s, then start one pod.".formatted(remedy()), Steps.SCALE_DOWN)
            : Advice.findOut(
                "See whether the schema number rises with each attempt; if not, scale to zero and %s."
                    .formatted(remedy()),
                Steps.WATCH);
    return Optional.of(
        Finding.proven(
            Kind.PROBE_KILLS_MIGRATOR,
            lives(pod) ? Urgency.BEWARE : Urgency.ACT,
            (pod.restarts() > 1
                    ? "The %s probe kills %s again and again"
                    : "The %s probe has killed %s")
                .formatted(probe.name(), pod.name()),
            evidence(ended(pod, event.get())),
            advice,
            NOT_THIS));
  }

  /** Whether an attempt is under way that this probe does not end, or not in vain. */
  private boolean lives(Pod pod) {
    return sight.migration().attempted() && !(migrates(pod) && regime().oneTransaction());
  }

  /** A signal, and a failed probe about then, without the kubelet's word that it killed. */
  private Optional<Finding> perhapsKilled(Pod pod) {
    return sight
        .cluster()
        .flatMap(seen -> LivenessKill.failed(pod, seen))
        .filter(event -> !cured(pod) && mayMigrate(pod) && lately(pod))
        .map(
            event ->
                Finding.likely(
                    Kind.PROBE_KILLS_MIGRATOR,
                    Urgency.BEWARE,
                    "The %s probe may have killed %s".formatted(probe.name(), pod.name()),
                    evidence(ended(pod, event)),
                    List.of(
                        "the node was short of memory and ended it",
                        "somebody, or a drain of the node, stopped it"),
                    Advice.findOut(
                        "Look for \"failed %s probe, will be restarted\" among the events of the pod."
                            .formatted(probe.name()),
                        Steps.PROBE_EVENTS),
                    NOT_THIS));
  }

  /** Events are kept for an hour: of an end before that none of them tells. */
  private boolean lately(Pod pod) {
    return pod.last().filter(end -> sight.since(end.finishedAt()).compareTo(KEPT) < 0).isPresent();
  }

  private String ended(Pod pod, ClusterEvent event) {
    Pod.Termination last = pod.last().orElseThrow();
    return "exit code %d %s ago after %s; %s %s"
        .formatted(
            last.exitCode(),
            Durations.of(Duration.between(last.finishedAt(), sight.snapshot().now())),
            Durations.count(pod.restarts(), "restart"),
            event.reason(),
            event.message());
  }

  /** It has not been killed yet, and may be through before. */
  private Optional<Finding> ahead(Pod pod) {
    Optional<Duration> left =
        pod.startedAt()
            .map(start -> probe.survival().minus(Duration.between(start, sight.snapshot().now())));
    String when =
        left.filter(each -> !each.isNegative())
            .map(each -> " in about %d s if it is not over by then".formatted(each.toSeconds()))
            .orElse(" before it is over");
    return Optional.of(
        Finding.likely(
            Kind.PROBE_KILLS_MIGRATOR,
            Urgency.BEWARE,
            "The %s probe may kill %s, which migrates,%s".formatted(probe.name(), pod.name(), when),
            evidence("it is not Ready while it migrates, and answers no probe"),
            List.of(
                "a migration that ends before that: 4 to 7 min are usual, most take less",
                "a probe that is answered all the same, such as one by a command"),
            Advice.findOut(
                "Watch whether it commits. If it is killed nothing of it is left: then scale to"
                    + " zero, "
                    + remedy()
                    + ", and start one pod.",
                Steps.WATCH),
            NOT_THIS));
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

  private List<Observation> evidence(String proof) {
    List<Observation> evidence = new ArrayList<>();
    evidence.add(sight.inCluster(proof));
    evidence.add(sight.inCluster(probe.arithmetic()));
    evidence.add(
        Observation.known(
            regime().oneTransaction()
                ? "all pending migrations are one transaction: each kill loses all of the work"
                : "each migration is committed by itself: a kill leaves the one in progress as"
                    + " dirty"));
    return evidence;
  }

  private Regime regime() {
    return Versions.running(Optional.of(deployment)).map(Regime::of).orElse(Regime.C);
  }

  /** What keeps the probe away: a value of the chart where there is one. */
  private String remedy() {
    if (!probe.name().equals("liveness")) {
      return "raise the failureThreshold of the deployment's startup probe";
    }
    ChartFacts chart =
        Versions.running(Optional.of(deployment))
            .map(sight.knowledge()::chart)
            .orElseGet(() -> sight.knowledge().charts().get(0));
    return chart
        .livenessRelief()
        .map(
            value ->
                "give the migration time (coder.livenessProbe.%s in the values, or a softer probe in the deployment)"
                    .formatted(value))
        .orElse("soften the liveness probe of the deployment (this chart has no value for it)");
  }
}
