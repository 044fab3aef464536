package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.Sessions;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stop all of coderd (C30). A migrator that works is killed with its pod, and its work is lost. */
public record ScaleToZero() implements Action {
  @Override
  public String word() {
    return "scale-to-zero";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Proposal.none("the deployment cannot be read now");
    }
    Deployment seen = deployment.get();
    if (seen.replicas() == 0) {
      return Proposal.none("it already wants 0 replicas");
    }
    MigrationState state = MigrationState.of(snapshot);
    boolean works = state.kind() == MigrationState.Kind.IN_FLIGHT;
    ScaleRequest request =
        new ScaleRequest(
            cluster.get().identity().pinned(), seen.name(), seen.uid(), seen.replicas(), 0);
    return Proposal.of(
        new Plan(
            request,
            works ? Risk.IRREVERSIBLE : Risk.DISRUPTIVE,
            effects(snapshot, cluster.get(), seen, state),
            works ? "the pods come back, the work of the migration does not" : request.undo(),
            cluster.get().identity().phrase()));
  }

  private static List<String> effects(
      Snapshot snapshot, Cluster cluster, Deployment seen, MigrationState state) {
    List<String> effects = new ArrayList<>();
    int pods = cluster.pods().size();
    effects.add(
        "%s %s within %d s; nobody can use Coder until it is started again"
            .formatted(
                Durations.count(pods, "pod"),
                pods == 1 ? "stops" : "stop",
                seen.template().terminationGrace()));
    snapshot
        .freshDatabase()
        .map(database -> Sessions.of(snapshot, database).coderd().size())
        .ifPresent(
            sessions ->
                effects.add(
                    "coderd has %s now: each ends with its pod, or when its statement ends"
                        .formatted(Durations.count(sessions, "session"))));
    effects.add(
        switch (state.kind()) {
          case IN_FLIGHT ->
              "the migration works: it is killed after %d s, and all of its work is lost"
                  .formatted(seen.template().terminationGrace());
          case BLOCKED, WAITING -> "the migration waits and did not get on: it starts again later";
          case UNKNOWN, WRONG_DATABASE ->
              "whether a migration works is not known: if one does, its work is lost";
          case IDLE, COMMITTED, ROLLED_BACK, DIRTY, EMPTY -> "no migration is in progress";
        });
    return effects;
  }
}
