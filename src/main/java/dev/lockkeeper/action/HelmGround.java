package dev.lockkeeper.action;

import dev.lockkeeper.analysis.OwnValues;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.helm.HelmIsAtHand;
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
record HelmGround(Cluster cluster, Deployment seen, Helm helm, HelmRelease release, OwnValues own) {
  /** The same where the operator's own values are needed as well. */
  static Proposal withValues(Snapshot snapshot, Function<HelmGround, Proposal> proposed) {
    return on(
        snapshot,
        ground ->
            ground.own().trouble().isEmpty()
                ? proposed.apply(ground)
                : Proposal.none(ground.own().trouble()));
  }

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
    ReleaseLookup sight = ReleaseLookup.of(snapshot);
    if (sight.release().isEmpty()) {
      return Proposal.none("which Helm release this is, is not known: " + sight.reason());
    }
    HelmRelease release = sight.release().get();
    OwnValues own = OwnValues.of(release, helm.get(), snapshot.run());
    return proposed.apply(
        new HelmGround(cluster.get(), deployment.get(), helm.get(), release, own));
  }

  /**
   * An upgrade.
   *
   * @param version the chart's version
   * @param values whose values are taken, and what goes before them
   * @param to the replicas that the Deployment will want
   * @param ownReplicas what the operator's values say, if that is known
   */
  UpgradeRequest upgrade(
      String version, UpgradeRequest.Values values, int to, Optional<Integer> ownReplicas) {
    return new UpgradeRequest(
        place(),
        new UpgradeRequest.Chart(helm.repository(), ReleaseLookup.CHART, version),
        values,
        named(),
        to,
        ownReplicas);
  }

  /** Where the release is, at its newest revision. */
  HelmRequest.Place place() {
    return new HelmRequest.Place(cluster.identity().pinned(), release.name(), release.revision());
  }

  /** The Deployment as it was seen. */
  HelmRequest.Seen named() {
    return new HelmRequest.Seen(
        seen.name(), seen.uid(), seen.generation(), seen.replicas(), seen.image());
  }

  /** The file of the operator's own values, as it was read. */
  Optional<UpgradeRequest.Given> file() {
    return own.file().map(file -> new UpgradeRequest.Given(file.path(), file.sha256()));
  }

  /** Whether Helm has to be told to take back what others changed: only Helm 4, and only there. */
  boolean takesBack() {
    return helm.major() >= 4 && release.serverSide();
  }

  String phrase() {
    return cluster.identity().phrase();
  }
}
