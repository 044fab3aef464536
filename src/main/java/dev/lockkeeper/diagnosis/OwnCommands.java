package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRepository;
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
    String namespace = cluster.get().identity().namespace();
    String release =
        deployment.get().labels().getOrDefault("app.kubernetes.io/instance", "<release>");
    String version = snapshot.run().target().get().replaceFirst("^v", "");
    List<String> lines = new ArrayList<>();
    lines.add("$ helm repo update");
    lines.add(
        "$ (umask 077 && helm get values %s -n %s -o yaml > values.yaml)"
            .formatted(release, namespace));
    lines.add(
        "$ helm upgrade %s %s/coder -n %s --version %s -f values.yaml --set %s"
            .formatted(
                release,
                alias(snapshot),
                namespace,
                version,
                String.join(",", overrides(snapshot, knowledge))));
    lines.add("The chart sets the replica count itself: without that --set,");
    lines.add("all replicas of your values start at once and race to migrate.");
    lines.add("Once it has committed, run it again without --set: your values are back.");
    lines.add("No --atomic: it would put the old image back, not the old schema.");
    return lines;
  }

  /** One replica, and the value by which the chart keeps its liveness probe away. */
  private static List<String> overrides(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    Optional<HelmRelease.Values> values =
        HelmSight.of(snapshot).release().flatMap(each -> OwnValues.read(each, snapshot));
    Optional<String> relief =
        target
            .filter(version -> HelmSight.rendersLiveness(values, version, knowledge))
            .flatMap(version -> knowledge.chart(version).livenessRelief());
    return Stream.concat(
            Stream.of("coder.replicaCount=1"),
            relief.stream().map(value -> "coder.livenessProbe." + value))
        .toList();
  }

  private static String alias(Snapshot snapshot) {
    return snapshot
        .helm()
        .value()
        .flatMap(Helm::alias)
        .map(HelmRepository::name)
        .orElse("coder-v2");
  }
}
