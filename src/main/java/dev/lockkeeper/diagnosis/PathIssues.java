package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.Evidence;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What others met on this path, with what is seen here beside it. */
final class PathIssues {
  private PathIssues() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    List<KnownIssue> issues = UpgradePath.of(snapshot, knowledge).issues(knowledge);
    if (issues.isEmpty()) {
      return List.of("none that this program knows");
    }
    List<String> lines = new ArrayList<>();
    for (KnownIssue issue : issues) {
      lines.add("• " + issue.title());
      issue
          .evidence()
          .flatMap(evidence -> seen(evidence, snapshot))
          .ifPresent(text -> lines.add("  here: " + text));
      lines.add("  do:   " + issue.remedy());
    }
    return lines;
  }

  private static Optional<String> seen(Evidence evidence, Snapshot snapshot) {
    Optional<Database> database = snapshot.database().value();
    Optional<Cluster> cluster = snapshot.cluster().value();
    return switch (evidence) {
      case API_KEYS ->
          database
              .flatMap(seen -> seen.apiKeys().value())
              .map(
                  keys ->
                      "api_keys has %,d rows, %,d of them expired more than 7 days ago"
                          .formatted(keys.total(), keys.expired()));
      case OLD_REPLICAS, REPLICA_COUNT ->
          cluster.flatMap(Cluster::deployment).map(seen -> "replicas: " + seen.replicas());
      case SCHEMA_NAME -> database.flatMap(seen -> seen.schema().schema()).map("schema: "::concat);
      case SCHEMA_NUMBER ->
          database
              .flatMap(seen -> seen.schema().version())
              .map(number -> "schema number " + number);
      case IMAGE_TAG -> cluster.flatMap(Cluster::deployment).map(seen -> "image: " + seen.image());
      case LIVENESS_PROBE ->
          cluster
              .flatMap(Cluster::deployment)
              .map(seen -> "liveness probe: " + (seen.livenessProbe().isPresent() ? "on" : "off"));
      case TABLE_SIZES -> Optional.of("see the table sizes above");
      case ENVIRONMENT, QUOTAS -> Optional.empty();
    };
  }
}
