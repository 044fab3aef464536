package dev.lockkeeper.action;

import dev.lockkeeper.check.HelmIsAtHand;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.LegacyChart;
import dev.lockkeeper.diagnosis.HelmSight;
import dev.lockkeeper.diagnosis.LegacyPath;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Run {@code helm upgrade} of a Coder v1 to the target, with the operator's own values and nothing
 * else: neither {@code --atomic} nor {@code --force} (C57).
 */
public record LegacyUpgrade() implements Action {
  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    Optional<CoderVersion> target = LegacyPath.of(snapshot).target();
    if (deployment.isEmpty() || target.isEmpty()) {
      return Proposal.none("the deployment or the target version is not known");
    }
    if (target.get().major() != 1) {
      return Proposal.none("%s is no version of Coder v1".formatted(target.get()));
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
    Here here = new Here(cluster.get(), deployment.get(), helm.get(), release);
    return Proposal.of(
        new Plan(
            here.request(own.get().revision(), target.get()),
            Risk.IRREVERSIBLE,
            here.effects(own.get().revision(), target.get()),
            "none for the schema: once the migrations ran, only a database snapshot goes back",
            cluster.get().identity().phrase()));
  }

  private record Here(Cluster cluster, Deployment seen, Helm helm, HelmRelease release) {
    HelmRequest request(int revision, CoderVersion target) {
      return new HelmRequest(
          new HelmRequest.Place(
              cluster.identity().context(),
              cluster.identity().namespace(),
              release.name(),
              release.revision()),
          new HelmRequest.Chart(helm.repository(), HelmSight.CHART, LegacyChart.spoken(target)),
          new HelmRequest.Values(
              revision,
              Optional.empty(),
              Optional.empty(),
              "",
              helm.major() >= 4 && release.serverSide()),
          new HelmRequest.Seen(
              seen.name(),
              seen.uid(),
              seen.generation(),
              seen.replicas(),
              seen.replicas(),
              Optional.of(seen.replicas()),
              seen.image()));
    }

    List<String> effects(int revision, CoderVersion target) {
      List<String> effects = new ArrayList<>();
      effects.add(
          "the init container %s of each new pod migrates the database to %s"
              .formatted(LegacyChart.MIGRATIONS, LegacyChart.spoken(target)));
      effects.add(
          "old pods serve on until new ones are Ready, and meet the newer schema meanwhile");
      effects.add("your values are those of revision %d, as they are".formatted(revision));
      effects.add(
          "helm goes on if this screen or the connection dies; it does not wait for the pods");
      if (seen.name().equals(LegacyChart.OLDER_NAME) && LegacyChart.ignoresOldKeys(target)) {
        effects.add("from 1.27 on the Deployment is coderd: this one and its Service go away");
      }
      return effects;
    }
  }
}
