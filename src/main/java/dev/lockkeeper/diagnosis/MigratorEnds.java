package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.SettingInForce;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Node;
import dev.lockkeeper.snapshot.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A migrator that somebody or something is about to end: its pod is deleted or evicted, its node is
 * going, or a time-out of the database applies to it. Its liveness probe is a finding of its own.
 */
final class MigratorEnds {
  /** Why a pod is taken away, as events of the pod tell. */
  private static final Set<String> TELLING =
      Set.of("Evicted", "TaintManagerEviction", "NodeNotReady", "Preempted", "Preempting");

  private static final String NOT_THIS =
      "delete the pod, scale or restart anything besides: it only ends sooner.";

  private MigratorEnds() {}

  static List<Finding> find(RuleInput sight) {
    MigrationState state = sight.migration();
    Optional<Backend> migrator = state.migrator();
    if (migrator.isEmpty() || !state.underWay()) {
      return List.of();
    }
    return sight
        .origin(migrator.get())
        .pod()
        .flatMap(pod -> byCluster(sight, pod))
        .or(() -> bySetting(sight, migrator.get()))
        .stream()
        .toList();
  }

  private static Optional<Finding> byCluster(RuleInput sight, Pod pod) {
    if (pod.metadata().deletedAt().isPresent()) {
      return Optional.of(terminating(sight, pod, pod.metadata().deletedAt().get()));
    }
    return node(sight, pod)
        .filter(node -> !node.ready() || node.unschedulable())
        .map(node -> going(sight, pod, node));
  }

  private static Finding terminating(RuleInput sight, Pod pod, Instant kill) {
    Instant there =
        sight.snapshot().now().plus(sight.cluster().flatMap(c -> c.skew()).orElse(Duration.ZERO));
    Duration left = Duration.between(there, kill);
    String when =
        left.isNegative()
            ? "was to be gone %s ago, and may be killed at any moment"
                .formatted(Durations.of(left.negated()))
            : "is killed in %s, unless it commits before".formatted(Durations.of(left));
    List<Observation> evidence = new ArrayList<>();
    evidence.add(
        sight.inCluster(
            "%s is Terminating, its deletionTimestamp is %s: the end of its grace period"
                .formatted(pod.name(), kill)));
    why(sight, pod).forEach(text -> evidence.add(sight.inCluster(text)));
    evidence.add(Observation.known(lost(sight)));
    return Finding.proven(
        Kind.MIGRATOR_WILL_END,
        Urgency.ACT,
        "The pod that migrates, %s, %s".formatted(pod.name(), when),
        evidence,
        Advice.findOut(
            "A deletion cannot be stopped. Find out what deletes pods here (a person, a drain, an"
                + " autoscaler of nodes) and have it stop; the next pod starts from the"
                + " beginning."),
        NOT_THIS);
  }

  private static Finding going(RuleInput sight, Pod pod, Node node) {
    List<Observation> evidence = new ArrayList<>();
    evidence.add(
        sight.inCluster(
            "node %s of %s is %s"
                .formatted(
                    node.name(),
                    pod.name(),
                    node.ready() ? "cordoned (unschedulable)" : "not Ready")));
    why(sight, pod).forEach(text -> evidence.add(sight.inCluster(text)));
    evidence.add(Observation.known(lost(sight)));
    return Finding.likely(
        Kind.MIGRATOR_WILL_END,
        Urgency.BEWARE,
        node.ready()
            ? "The node of the pod that migrates, %s, is cordoned: a drain would evict it"
                .formatted(node.name())
            : "The node of the pod that migrates, %s, is not Ready: its pods are evicted after"
                    .formatted(node.name())
                + " their toleration, mostly 300 s",
        evidence,
        List.of(
            node.ready()
                ? "a node that is only kept free of new pods"
                : "a kubelet that does not report for a moment; the process may go on"),
        Advice.findOut("Ask who works on this node, and have it wait until the commit."),
        NOT_THIS);
  }

  private static Optional<Node> node(RuleInput sight, Pod pod) {
    return sight.cluster().flatMap(seen -> seen.around().nodes().value()).stream()
        .flatMap(List::stream)
        .filter(node -> node.name().equals(pod.node()))
        .findFirst();
  }

  /** The words of whoever takes it away; a deletion that was cancelled is none. */
  private static List<String> why(RuleInput sight, Pod pod) {
    Stream<String> condition =
        pod.words().condition("DisruptionTarget").stream()
            .map(each -> "DisruptionTarget: %s %s".formatted(each.reason(), each.message()));
    Stream<String> events =
        sight.cluster().stream()
            .flatMap(seen -> seen.events().stream())
            .filter(event -> event.object().equals(pod.name()))
            .filter(event -> TELLING.contains(event.reason()))
            .filter(event -> !event.message().startsWith("Cancelling"))
            .map(MigratorEnds::told);
    return Stream.concat(condition, events).distinct().limit(3).toList();
  }

  private static String told(ClusterEvent event) {
    return "event %s: %s".formatted(event.reason(), event.message());
  }

  private static String lost(RuleInput sight) {
    boolean whole =
        sight
            .wanted()
            .map(version -> Regime.possible(version).stream().allMatch(Regime::oneTransaction))
            .orElse(false);
    return whole
        ? "all pending migrations are one transaction: all of the work would be lost, and nothing"
            + " would be kept or dirty"
        : "what it works on now would be lost, and may stay behind as dirty";
  }

  /** A time-out that is set for Coder's role and would end this very statement or transaction. */
  private static Optional<Finding> bySetting(RuleInput sight, Backend migrator) {
    return Stream.of(
            window(sight, migrator, "statement_timeout", active(migrator, migrator.stateAge())),
            window(sight, migrator, "transaction_timeout", migrator.transactionAge()),
            window(
                sight,
                migrator,
                "lock_timeout",
                migrator.waitsForLock() ? migrator.stateAge() : Optional.empty()),
            window(
                sight,
                migrator,
                "idle_in_transaction_session_timeout",
                migrator.idleInTransaction() ? migrator.stateAge() : Optional.empty()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Duration> active(Backend migrator, Optional<Duration> age) {
    return age.filter(time -> migrator.state().filter("active"::equals).isPresent());
  }

  private static Optional<Finding> window(
      RuleInput sight, Backend migrator, String parameter, Optional<Duration> running) {
    return running.flatMap(
        since ->
            SettingInForce.of(sight.snapshot(), parameter)
                .filter(set -> set.role().equals(migrator.user()))
                .filter(set -> set.setting().timeout().isPresent())
                .map(set -> ended(sight, set, since)));
  }

  private static Finding ended(RuleInput sight, SettingInForce set, Duration since) {
    Duration left = set.setting().timeout().orElseThrow().minus(since);
    return Finding.likely(
        Kind.MIGRATOR_WILL_END,
        Urgency.BEWARE,
        left.isNegative()
            ? "%s = %s counts for new sessions of Coder's role; this one has outlived it"
                .formatted(set.setting().name(), set.setting().value())
            : "%s ends the migrator in %s, if it goes on as now"
                .formatted(set.setting().name(), Durations.of(left)),
        List.of(sight.inDatabase(set.text()), Observation.known(lost(sight))),
        List.of(
            "a session that began before this was set",
            "a session that sets another value for itself"),
        Advice.findOut(
            "Have it lifted for the next attempt (%s); the session that runs keeps its value."
                .formatted(set.undo())),
        "end the migrator because of this: it may well finish.");
  }
}
