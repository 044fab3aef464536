package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Release;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Served;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which version is installed, by every witness: image tag, chart label, the running servers, the
 * schema number.
 */
final class VersionReading {
  private VersionReading() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    snapshot
        .cluster()
        .value()
        .flatMap(Cluster::deployment)
        .ifPresentOrElse(
            deployment -> {
              lines.add("image      " + deployment.image());
              lines.add("chart      " + deployment.chart().orElse("no helm.sh/chart label"));
            },
            () -> lines.add("image      unknown: " + snapshot.cluster().reason()));
    lines.add("buildinfo  " + served(snapshot));
    lines.add("schema     " + schema(snapshot, knowledge));
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    path.target()
        .ifPresent(
            target ->
                lines.add(
                    "target     %s, schema %s"
                        .formatted(
                            target,
                            path.wanted()
                                .map(Object::toString)
                                .orElse("unknown to this program"))));
    return lines;
  }

  private static String served(Snapshot snapshot) {
    String answers =
        snapshot.cluster().value().stream()
            .flatMap(cluster -> cluster.workload().served().stream())
            .map(Served::version)
            .filter(Observed::isKnown)
            .map(version -> version.value().orElseThrow())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return answers.isEmpty() ? "no pod answers" : answers;
  }

  private static String schema(Snapshot snapshot, Knowledge knowledge) {
    return UpgradePath.schemaNow(snapshot)
        .map(number -> number + " = " + releases(knowledge, number))
        .orElseGet(
            () ->
                snapshot
                    .database()
                    .value()
                    .map(database -> "unknown: " + database.schema().detail())
                    .orElse("unknown: " + snapshot.database().reason()));
  }

  /** The releases that leave a database at this number, as a range. */
  static String releases(Knowledge knowledge, long schema) {
    List<Release> releases = knowledge.releasesAt(schema);
    if (releases.isEmpty()) {
      return "no release that this program knows";
    }
    String first = releases.get(0).version().toString();
    String last = releases.get(releases.size() - 1).version().toString();
    return first.equals(last) ? first : first + " to " + last;
  }
}
