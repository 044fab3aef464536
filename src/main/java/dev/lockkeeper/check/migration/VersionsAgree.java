package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Image tag, running servers and schema number tell the same version (C1). */
public record VersionsAgree() implements Check {
  @Override
  public String word() {
    return "versions-agree";
  }

  @Override
  public String question() {
    return "image, running servers and schema number agree";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Database> database = snapshot.freshDatabase();
    Optional<CoderVersion> installed = UpgradePath.named(snapshot);
    Optional<Long> schema = UpgradePath.schemaNow(snapshot);
    if (cluster.isEmpty() || database.isEmpty() || installed.isEmpty() || schema.isEmpty()) {
      return Verdict.unknown("image tag or schema number cannot be read");
    }
    List<String> served = served(cluster.get(), snapshot);
    String image = installed.get().toString();
    if (!served.isEmpty() && !served.contains(image)) {
      return Verdict.fail(
          "image %s is set, and no pod serves it: %s"
              .formatted(image, String.join(" and ", served)));
    }
    Optional<SchemaNumber> expected = knowledge.schemaOf(installed.get());
    if (expected.isEmpty()) {
      return Verdict.unknown("this program does not know the schema number of " + image);
    }
    if (!expected.get().admits(schema.get())) {
      return Verdict.fail(
          "image %s has schema %s, the database is at %d"
              .formatted(image, expected.get(), schema.get()));
    }
    if (served.isEmpty()) {
      return Verdict.unknown("no pod answers /api/v2/buildinfo; image " + image);
    }
    return Verdict.of(
        served.equals(List.of(image)),
        "image %s, served %s, schema %d"
            .formatted(image, String.join(" and ", served), schema.get()));
  }

  private static List<String> served(Cluster cluster, Snapshot snapshot) {
    return cluster.workload().served().stream()
        .flatMap(answer -> FreshFacts.read(answer.version(), snapshot).stream())
        .map(text -> CoderVersion.parse(text).map(CoderVersion::toString).orElse(text))
        .distinct()
        .sorted()
        .toList();
  }
}
