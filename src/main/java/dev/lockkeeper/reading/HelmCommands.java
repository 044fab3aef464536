package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRepository;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.ShellWord;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Commands of helm for whoever runs it in another terminal.
 *
 * @param at context and namespace
 * @param release the release's name
 * @param repository where this run takes charts from
 * @param alias how the operator's own helm calls that, if it knows it
 */
record HelmCommands(PinnedContext at, String release, String repository, Optional<String> alias) {
  private static final String OCI = "oci://";

  /** The release is the one that Helm noted at the Deployment, where no more can be seen. */
  static HelmCommands of(Cluster cluster, Snapshot snapshot) {
    Optional<Deployment> deployment = cluster.deployment();
    Optional<Helm> helm = snapshot.helm().value();
    return new HelmCommands(
        cluster.identity().pinned(),
        ReleaseLookup.of(snapshot)
            .release()
            .map(HelmRelease::name)
            .or(() -> deployment.map(seen -> seen.annotations().get(HelmRelease.NOTED)))
            .or(
                () ->
                    deployment.map(
                        seen -> seen.metadata().labels().get("app.kubernetes.io/instance")))
            .orElse("RELEASE"),
        helm.map(Helm::repository).filter(url -> !url.isEmpty()).orElse(ChartRepository.V2),
        helm.flatMap(Helm::alias).map(HelmRepository::name));
  }

  /** Brings what the operator's own helm knows of the repository up to date. */
  List<String> repositories() {
    return alias.map(name -> "$ helm repo update " + new ShellWord(name).quoted()).stream()
        .toList();
  }

  /** Brings the values of a revision into a file that nobody else may read. */
  List<String> values(Optional<Integer> revision) {
    List<String> words = new ArrayList<>(List.of("get", "values", release));
    revision.ifPresent(number -> words.addAll(List.of("--revision", "" + number)));
    words.addAll(List.of("--output", "yaml"));
    return List.of("$ (umask 077 && %s > values.yaml)".formatted(at.helm(words)));
  }

  /** Upgrades with the values of a file and nothing of the chart's that the release had before. */
  String upgrade(String version, String values, List<String> more) {
    return at.helm(
        Stream.of(
                List.of("upgrade", release),
                chart(),
                List.of("--version", version, "--reset-values", "--values", values),
                more)
            .flatMap(List::stream)
            .toList());
  }

  private List<String> chart() {
    if (repository.startsWith(OCI)) {
      return List.of(repository);
    }
    return alias
        .map(name -> List.of(name + "/" + ReleaseLookup.CHART))
        .orElseGet(() -> List.of(ReleaseLookup.CHART, "--repo", repository));
  }
}
