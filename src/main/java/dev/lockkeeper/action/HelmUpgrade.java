package dev.lockkeeper.action;

import dev.lockkeeper.check.HelmIsAtHand;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.HelmSight;
import dev.lockkeeper.diagnosis.Spoken;
import dev.lockkeeper.diagnosis.UpgradePath;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Run {@code helm upgrade} to the target: with one replica, so that one pod migrates, or with the
 * operator's own values once more (C11 to C13, C16).
 *
 * @param migrating whether this is the one that starts the pod that migrates
 */
public record HelmUpgrade(boolean migrating) implements Action {
  /** The replicas with which a migration is run. */
  private static final int ONE = 1;

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    if (deployment.isEmpty() || target.isEmpty()) {
      return Proposal.none("the deployment or the target version is not known");
    }
    Optional<Helm> helm = HelmIsAtHand.fresh(snapshot);
    if (helm.isEmpty()) {
      return Proposal.none("helm cannot be run from here: " + HelmIsAtHand.why(snapshot));
    }
    HelmSight sight = HelmSight.of(snapshot);
    if (sight.release().isEmpty()) {
      return Proposal.none("which Helm release this is, is not known: " + sight.reason());
    }
    HelmRelease release = sight.release().get();
    Optional<HelmSight.Own> own = HelmSight.own(release, snapshot.run());
    if (own.isEmpty()) {
      return Proposal.none("no revision of the release %s went through".formatted(release.name()));
    }
    Optional<String> relief =
        migrating && HelmSight.rendersLiveness(release, target.get(), knowledge)
            ? knowledge.chart(target.get()).livenessRelief()
            : Optional.empty();
    HelmRequest request =
        request(
            cluster.get(), deployment.get(), helm.get(), release, own.get(), target.get(), relief);
    return Proposal.of(
        new Plan(
            request,
            migrating ? Risk.IRREVERSIBLE : Risk.DISRUPTIVE,
            migrating
                ? migration(snapshot, knowledge, deployment.get(), own.get(), relief)
                : back(deployment.get(), request),
            migrating
                ? "none for the schema: once the migration commits, only a database snapshot goes back"
                : request.undo(),
            cluster.get().identity().phrase()));
  }

  private HelmRequest request(
      Cluster cluster,
      Deployment seen,
      Helm helm,
      HelmRelease release,
      HelmSight.Own own,
      CoderVersion target,
      Optional<String> relief) {
    int to = migrating ? ONE : own.replicas().orElse(ONE);
    return new HelmRequest(
        new HelmRequest.Place(
            cluster.identity().context(),
            cluster.identity().namespace(),
            release.name(),
            release.revision()),
        new HelmRequest.Chart(
            helm.repository(), HelmSight.CHART, target.toString().replaceFirst("^v", "")),
        new HelmRequest.Values(
            own.revision(),
            migrating ? Optional.of(ONE) : Optional.empty(),
            relief,
            migrating ? HelmSight.mark(own.revision(), own.replicas().orElse(ONE)) : "",
            helm.major() >= 4 && release.serverSide()),
        new HelmRequest.Seen(
            seen.name(),
            seen.uid(),
            seen.generation(),
            seen.replicas(),
            to,
            own.replicas(),
            seen.image()));
  }

  private static List<String> migration(
      Snapshot snapshot,
      Knowledge knowledge,
      Deployment seen,
      HelmSight.Own own,
      Optional<String> relief) {
    List<String> effects = new ArrayList<>();
    String migrations =
        Spoken.count(UpgradePath.of(snapshot, knowledge).pending(knowledge).size(), "migration");
    effects.add(
        "one pod of the new version starts and runs %s in one transaction".formatted(migrations));
    if (seen.replicas() > ONE) {
      effects.add(
          "the %d replicas of now become one: old ones stop while the new one starts"
              .formatted(seen.replicas()));
    }
    own.replicas()
        .filter(count -> count != ONE)
        .ifPresent(
            count ->
                effects.add(
                    "your values say %d replicas; that is given back after the migration"
                        .formatted(count)));
    relief.ifPresent(
        value ->
            effects.add(
                "the liveness probe is kept away from the migration (%s), and comes back with your values"
                    .formatted(value)));
    effects.add(
        "helm goes on if this screen or the connection dies; it does not wait for the pods");
    effects.add("what was changed by hand and stands in the chart is as in the chart again");
    return effects;
  }

  private static List<String> back(Deployment seen, HelmRequest request) {
    int more = request.seen().to() - seen.replicas();
    return List.of(
        more > 0
            ? Spoken.count(more, "pod") + " start; no migration is left to run"
            : "the replica count of your values is %d".formatted(request.seen().to()),
        "the release has your own values again, those of revision " + request.values().revision());
  }
}
