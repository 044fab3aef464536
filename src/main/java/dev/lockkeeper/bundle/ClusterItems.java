package dev.lockkeeper.bundle;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the cluster showed at one moment, besides objects and logs. */
final class ClusterItems {
  private final Snapshot seen;
  private final Cluster cluster;

  ClusterItems(Snapshot seen, Cluster cluster) {
    this.seen = seen;
    this.cluster = cluster;
  }

  List<Item> items() {
    return Stream.concat(
            Stream.of(Item.of("events.txt", events())),
            cluster.releases().value().map(all -> Item.of("helm.txt", helm(all))).stream())
        .toList();
  }

  List<Missing> missing() {
    return cluster.releases().value().isPresent()
        ? List.of()
        : List.of(new Missing("Helm's history", cluster.releases().reason()));
  }

  private List<String> events() {
    List<String> lines = begin("events of the Deployment, its ReplicaSets and Pods");
    cluster.events().forEach(event -> lines.add(line(event)));
    if (cluster.events().isEmpty()) {
      lines.add("none");
    }
    return lines;
  }

  private static String line(ClusterEvent event) {
    return "%s  %s  %s  %s/%s  %d times  %s"
        .formatted(
            event.lastAt(),
            event.type(),
            event.reason(),
            event.kind(),
            event.object(),
            event.count(),
            event.message());
  }

  private List<String> helm(List<HelmRelease> releases) {
    List<String> lines = begin("Helm releases of the namespace, newest revision first");
    for (HelmRelease release : releases) {
      lines.add(
          "%s  revision %d  %s  %s  chart %s %s  %s"
              .formatted(
                  release.name(),
                  release.revision(),
                  release.status(),
                  release.info().changedAt(),
                  release.chart().name(),
                  release.chart().version(),
                  release.info().description()));
      release
          .earlier()
          .history()
          .forEach(
              each -> lines.add("    revision %d  %s".formatted(each.number(), each.status())));
      release
          .values()
          .given()
          .forEach(each -> lines.add("    value %s = %s".formatted(each.path(), each.shown())));
    }
    if (releases.isEmpty()) {
      lines.add("none");
    }
    return lines;
  }

  private List<String> begin(String title) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, namespace %s, read at %s"
            .formatted(title, cluster.identity().namespace(), seen.cluster().at()));
    if (seen.freshCluster().isEmpty()) {
      lines.add("OLD: the cluster was not read since: " + seen.cluster().reason());
    }
    lines.add("");
    return lines;
  }
}
