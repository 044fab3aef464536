package dev.lockkeeper.action;

import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.deployment.Released;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.ScalerObject;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * Let the next scaler that this run holds go on as it was set before (C10, C16).
 *
 * @param gitOps whether those that bring what a repository says; those that scale otherwise
 */
public record ReleaseScaler(boolean gitOps) implements Action {
  @Override
  public String word() {
    return gitOps ? "release-gitops" : "release-autoscaler";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    if (cluster.isEmpty()) {
      return Proposal.none("the cluster cannot be read now");
    }
    Optional<List<Scaler>> seen = FreshFacts.read(cluster.get().scalers(), snapshot);
    if (seen.isEmpty()) {
      return Proposal.none(
          "what scales it is not known: " + FreshFacts.why(cluster.get().scalers()));
    }
    return seen.get().stream()
        .flatMap(each -> each.object().stream())
        .filter(each -> new Released(gitOps).owed(each, snapshot.run()))
        .findFirst()
        .map(each -> Proposal.of(plan(snapshot, cluster.get(), each)))
        .orElseGet(() -> Proposal.none("this run paused none that is seen now"));
  }

  private static Plan plan(Snapshot snapshot, Cluster cluster, ScalerObject object) {
    String before = snapshot.run().recalled(object.word()).orElseThrow();
    ScalerRequest request = new ScalerRequest(cluster.identity().pinned(), object, before);
    return new Plan(
        request,
        object.type().gitOps() ? Risk.DISRUPTIVE : Risk.SAFE,
        effects(snapshot, object, before),
        request.undo(),
        cluster.identity().phrase());
  }

  private static List<String> effects(Snapshot snapshot, ScalerObject object, String before) {
    return switch (object.type()) {
      case AUTOSCALER ->
          List.of(
              "it scales again within " + ScalerObject.spoken(before),
              "it scales one replica up to its minimum within 15 s");
      case SCALED_OBJECT -> List.of("KEDA scales again: " + ScalerObject.spoken(before));
      case APPLICATION, HELM_RELEASE, KUSTOMIZATION ->
          List.of(
              "it applies what its repository says: that must name %s already, or the old image starts"
                      .formatted(snapshot.run().target().orElse("the new version"))
                  + " on the new schema",
              "as it was before: " + ScalerObject.spoken(before));
    };
  }
}
