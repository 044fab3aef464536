package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.OwnValues;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How whatever keeps the Deployment learns what runs now, once nothing is left to migrate: the
 * operator's own values, and the version that runs.
 */
final class TellHelm {
  private TellHelm() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.cluster().value();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    Optional<CoderVersion> runs = UpgradePath.named(snapshot);
    if (deployment.isEmpty() || runs.isEmpty()) {
      return List.of("unknown: the deployment, or the version of its image, cannot be read");
    }
    HelmCommands helm = HelmCommands.of(cluster.get(), snapshot);
    ReleaseLookup sight = ReleaseLookup.of(snapshot);
    List<String> lines = new ArrayList<>();
    if (sight.release().isPresent()) {
      Conflicts conflicts = Conflicts.of(sight.release().get(), deployment.get());
      lines.addAll(release(helm, sight.release().get(), runs.get(), conflicts, snapshot));
    } else if (ReleaseLookup.isAbsent(snapshot)) {
      lines.add("Helm: " + sight.reason());
      lines.addAll(manifest(deployment.get(), snapshot));
    } else {
      lines.addAll(OwnCommands.unseen(snapshot));
      lines.addAll(helm.repositories());
      lines.addAll(helm.values(Optional.empty()));
      lines.add("$ " + helm.upgrade(plain(runs.get()), "values.yaml", List.of()));
      lines.add("No --set: the replica count and the probe are those of your own values.");
    }
    return lines;
  }

  private static List<String> release(
      HelmCommands helm,
      HelmRelease release,
      CoderVersion runs,
      Conflicts conflicts,
      Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    lines.add("Helm says %s; %s runs".formatted(ReleaseLookup.spoken(release), runs));
    Optional<OwnValues> own = snapshot.helm().value().map(seen -> own(release, seen, snapshot));
    String file = own.flatMap(OwnValues::file).map(each -> each.path()).orElse("values.yaml");
    lines.addAll(helm.repositories());
    if (own.flatMap(OwnValues::file).isEmpty()) {
      lines.addAll(helm.values(own.filter(each -> each.revision() > 0).map(OwnValues::revision)));
    }
    lines.add("$ " + helm.upgrade(plain(runs), file, conflicts.words()));
    lines.addAll(kept(release, runs, snapshot));
    lines.addAll(conflicts.why());
    return lines;
  }

  private static OwnValues own(HelmRelease release, Helm helm, Snapshot snapshot) {
    return OwnValues.of(release, helm, snapshot.run());
  }

  /** What these values bring, and what in them has to be changed first. */
  private static List<String> kept(HelmRelease release, CoderVersion runs, Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    Optional<HelmRelease.Values> values = OwnValues.read(release, snapshot);
    values
        .flatMap(HelmRelease.Values::imageTag)
        .filter(tag -> !CoderVersion.parse(tag).equals(Optional.of(runs)))
        .ifPresent(
            tag ->
                lines.add(
                    "! your values pin coder.image.tag %s: write %s there first"
                        .formatted(tag, runs)));
    lines.add(
        "No --set: your own values, coder.replicaCount %s, probe as in them."
            .formatted(values.map(each -> "" + each.replicas()).orElse("as in them")));
    Optional<Integer> before = snapshot.run().replicas();
    values
        .map(HelmRelease.Values::replicas)
        .filter(count -> before.filter(wanted -> !wanted.equals(count)).isPresent())
        .ifPresent(
            count ->
                lines.add(
                    "! the deployment wanted %d before this run, and your values say %d: helm brings %d"
                        .formatted(before.get(), count, count)));
    return lines;
  }

  /** Where no Helm keeps it, whatever does is to say the same. */
  private static List<String> manifest(Deployment deployment, Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Write into the manifest, or the GitOps repository, that this deployment comes from:");
    lines.add("  image: " + deployment.image());
    lines.add("  replicas: " + snapshot.run().replicas().orElse(deployment.replicas()));
    return lines;
  }

  private static String plain(CoderVersion version) {
    return version.toString().replaceFirst("^v", "");
  }
}
