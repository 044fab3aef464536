package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.ScalerObject;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Hold the next one of those that would bring replicas back (C10): what heals from a repository
 * first, for it would undo what is done to the others.
 */
public record HoldScaler() implements Action {
  @Override
  public String word() {
    return "hold-scaler";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Proposal.none("the deployment cannot be read now");
    }
    Optional<List<Scaler>> acting =
        FreshFacts.read(cluster.get().scalers(), snapshot).map(Scaler::acting);
    if (acting.isEmpty()) {
      return Proposal.none(
          "what scales it is not known: " + FreshFacts.why(cluster.get().scalers()));
    }
    Optional<ScalerObject> next =
        acting.get().stream()
            .flatMap(each -> each.holdable().stream())
            .min(Comparator.comparing(ScalerObject::type).thenComparing(ScalerObject::name));
    return next.map(each -> Proposal.of(plan(cluster.get(), deployment.get(), each)))
        .orElseGet(() -> Proposal.none(none(acting.get())));
  }

  private static String none(List<Scaler> acting) {
    return acting.isEmpty()
        ? "nothing else changes the replica count"
        : "it cannot be paused from here: " + Scaler.text(acting);
  }

  private static Plan plan(Cluster cluster, Deployment seen, ScalerObject object) {
    ScalerRequest request =
        new ScalerRequest(cluster.identity().pinned(), object, object.type().held());
    List<String> effects = new ArrayList<>(effects(seen, object));
    effects.add("this run owes it until it is set back");
    boolean noticed =
        object.type().gitOps()
            || object.type() == ScalerObject.Type.AUTOSCALER && seen.replicas() > 1;
    return new Plan(
        request,
        noticed ? Risk.DISRUPTIVE : Risk.SAFE,
        effects,
        request.undo(),
        cluster.identity().phrase());
  }

  private static List<String> effects(Deployment seen, ScalerObject object) {
    return switch (object.type()) {
      case AUTOSCALER ->
          List.of(autoscaler(seen), "it is not deleted, and keeps its other settings");
      case SCALED_OBJECT ->
          List.of(
              "KEDA leaves the count as it is, now %s, and removes its own autoscaler"
                  .formatted(Durations.count(seen.replicas(), "replica")));
      case APPLICATION ->
          List.of(
              "Argo CD neither heals nor syncs %s by itself: no commit is rolled out meanwhile"
                  .formatted(object.name()));
      case HELM_RELEASE, KUSTOMIZATION ->
          List.of(
              "Flux does not reconcile %s: no commit is rolled out meanwhile"
                  .formatted(object.name()));
    };
  }

  /** At zero the controller rests; at more than its maximum it scales down by itself. */
  private static String autoscaler(Deployment seen) {
    return switch (seen.replicas()) {
      case 0 ->
          "no pod starts: an autoscaler does nothing at 0 replicas, but would scale the one pod"
              + " that migrates up to its minimum";
      case 1 -> "the 1 replica stays";
      default ->
          "the autoscaler itself scales from %d to 1 within 15 s: %s %s within %d s"
              .formatted(
                  seen.replicas(),
                  Durations.count(seen.replicas() - 1, "pod"),
                  seen.replicas() == 2 ? "stops" : "stop",
                  seen.template().terminationGrace());
    };
  }
}
