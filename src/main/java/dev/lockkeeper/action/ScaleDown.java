package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.Sessions;
import dev.lockkeeper.check.deployment.ScaledAsChosen;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Scale the Deployment to zero or one, as the operator chose (C8, C9). */
public record ScaleDown() implements Action {
  @Override
  public String word() {
    return "scale-down";
  }

  @Override
  public List<String> needs() {
    return List.of("scale-to");
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    Optional<Integer> chosen = ScaledAsChosen.chosen(snapshot);
    if (deployment.isEmpty()) {
      return Proposal.none("the deployment cannot be read now");
    }
    if (chosen.isEmpty()) {
      return Proposal.none("choose zero or one first");
    }
    int wanted = chosen.get();
    Deployment seen = deployment.get();
    if (seen.replicas() <= wanted) {
      return Proposal.none("it already wants " + Durations.count(seen.replicas(), "replica"));
    }
    ScaleRequest request =
        new ScaleRequest(
            cluster.get().identity().pinned(), seen.name(), seen.uid(), seen.replicas(), wanted);
    return Proposal.of(
        new Plan(
            request,
            Risk.DISRUPTIVE,
            effects(snapshot, cluster.get(), seen, wanted),
            request.undo(),
            cluster.get().identity().phrase()));
  }

  private static List<String> effects(
      Snapshot snapshot, Cluster cluster, Deployment deployment, int wanted) {
    List<String> effects = new ArrayList<>();
    int pods = cluster.pods().size();
    effects.add(
        "%s %s within %d s; %s"
            .formatted(
                Durations.count(Math.max(0, pods - wanted), "pod"),
                pods - wanted == 1 ? "stops" : "stop",
                deployment.template().terminationGrace(),
                wanted == 0
                    ? "nobody can use Coder until the upgrade is done"
                    : "one goes on serving"));
    snapshot
        .database()
        .value()
        .ifPresent(
            database -> {
              List<Backend> sessions = Sessions.of(snapshot, database).coderd();
              effects.add(
                  Durations.count(sessions.size(), "session")
                      + (wanted == 0 ? " end" : " now; those of the stopped pods end")
                      + holding(database.locks(), sessions));
            });
    return effects;
  }

  /** Which relations these sessions keep others from, if any. */
  private static String holding(List<Lock> locks, List<Backend> sessions) {
    List<Integer> pids = sessions.stream().map(Backend::pid).toList();
    String relations =
        locks.stream()
            .filter(lock -> lock.granted() && lock.pid().filter(pids::contains).isPresent())
            .flatMap(lock -> lock.relation().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    String idle = idle(sessions);
    return idle
        + (relations.isEmpty() ? "" : "; locks on " + relations + " go with the sessions that end");
  }

  private static String idle(List<Backend> sessions) {
    long idle = sessions.stream().filter(Backend::idleInTransaction).count();
    return idle == 0 ? "" : "; %d of them idle in transaction".formatted(idle);
  }
}
