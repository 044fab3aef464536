package dev.lockkeeper.action;

import dev.lockkeeper.check.HelmIsAtHand;
import dev.lockkeeper.diagnosis.HelmSight;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;
import java.util.function.Function;

/**
 * What has to be known before helm can be run.
 *
 * @param cluster where it would run
 * @param seen the Deployment
 * @param helm the program
 * @param release the release to which the Deployment belongs
 * @param own where the operator's own values are
 */
record HelmGround(
    Cluster cluster, Deployment seen, Helm helm, HelmRelease release, HelmSight.Own own) {
  /** What would be done on this ground, or why there is none. */
  static Proposal on(Snapshot snapshot, Function<HelmGround, Proposal> proposed) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Proposal.none("the deployment is not known");
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
    return HelmSight.own(release, snapshot.run())
        .map(own -> new HelmGround(cluster.get(), deployment.get(), helm.get(), release, own))
        .map(proposed)
        .orElseGet(
            () ->
                Proposal.none(
                    "no revision of the release %s went through".formatted(release.name())));
  }

  /**
   * The run of helm.
   *
   * @param version the chart's version
   * @param values whose values are taken, and what goes before them
   * @param to the replicas that the Deployment will want
   * @param ownReplicas what the operator's values say, if that is known
   */
  HelmRequest request(
      String version, HelmRequest.Values values, int to, Optional<Integer> ownReplicas) {
    return new HelmRequest(
        new HelmRequest.Place(
            cluster.identity().context(),
            cluster.identity().namespace(),
            release.name(),
            release.revision()),
        new HelmRequest.Chart(helm.repository(), HelmSight.CHART, version),
        values,
        new HelmRequest.Seen(
            seen.name(),
            seen.uid(),
            seen.generation(),
            seen.replicas(),
            to,
            ownReplicas,
            seen.image()));
  }

  /** Whether Helm has to be told to take back what others changed: only Helm 4, and only there. */
  boolean takesBack() {
    return helm.major() >= 4 && release.serverSide();
  }

  String phrase() {
    return cluster.identity().phrase();
  }
}
