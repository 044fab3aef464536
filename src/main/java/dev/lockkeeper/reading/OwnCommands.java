package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.OwnValues;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operator types who upgrades in another terminal. */
final class OwnCommands {
  private OwnCommands() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.cluster().value();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty() || snapshot.run().target().isEmpty()) {
      return List.of("unknown: the deployment or the target is not known");
    }
    if (ReleaseLookup.isAbsent(snapshot)) {
      return List.of(
          "Helm: " + ReleaseLookup.of(snapshot).reason(),
          "Change the image in the manifest that this deployment comes from to %s, with 1 replica."
              .formatted(snapshot.run().target().get()),
          "With more, all of them start at once and race to migrate.");
    }
    HelmCommands helm = HelmCommands.of(cluster.get(), snapshot);
    String version = snapshot.run().target().get().replaceFirst("^v", "");
    List<String> more =
        new ArrayList<>(List.of("--set", String.join(",", overrides(snapshot, knowledge))));
    Optional<Conflicts> conflicts =
        ReleaseLookup.of(snapshot).release().map(each -> Conflicts.of(each, deployment.get()));
    conflicts.ifPresent(each -> more.addAll(each.words()));
    List<String> lines = new ArrayList<>(unseen(snapshot));
    lines.addAll(helm.repositories());
    lines.addAll(helm.values(Optional.empty()));
    lines.add("$ " + helm.upgrade(version, "values.yaml", more));
    conflicts.ifPresent(each -> lines.addAll(each.why()));
    lines.add("The chart sets the replica count itself: without that --set,");
    lines.add("all replicas of your values start at once and race to migrate.");
    lines.add("Once it has committed, run it again without --set: your values are back.");
    lines.add("No --atomic: it would put the old image back, not the old schema.");
    return lines;
  }

  /** That the release's name is taken from the Deployment, where the releases cannot be read. */
  static List<String> unseen(Snapshot snapshot) {
    ReleaseLookup sight = ReleaseLookup.of(snapshot);
    return sight.release().isPresent() ? List.of() : List.of("release unknown: " + sight.reason());
  }

  /** One replica, and the value by which the chart keeps its liveness probe away. */
  private static List<String> overrides(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    Optional<HelmRelease.Values> values =
        ReleaseLookup.of(snapshot).release().flatMap(each -> OwnValues.read(each, snapshot));
    Optional<String> relief =
        target
            .filter(version -> ReleaseLookup.rendersLiveness(values, version, knowledge))
            .flatMap(version -> knowledge.chart(version).livenessRelief());
    return Stream.concat(
            Stream.of("coder.replicaCount=1"),
            relief.stream().map(value -> "coder.livenessProbe." + value))
        .toList();
  }
}
