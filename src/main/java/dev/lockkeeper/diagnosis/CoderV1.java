package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.CoderV1Path;
import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.analysis.PodFailure;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Coder v1, whose chart and database have the same names and nothing in common with v2. */
final class CoderV1 {
  private CoderV1() {}

  static List<Finding> find(RuleInput sight) {
    if (meant(sight)) {
      return List.of(v1(sight, sight.deployment().orElseThrow()));
    }
    List<Finding> found = new ArrayList<>();
    List<String> witnesses = witnesses(sight);
    if (!witnesses.isEmpty()) {
      found.add(database(sight, witnesses));
    }
    Optional<String> chart =
        sight.deployment().filter(CoderV1Path::isV1).flatMap(seen -> seen.chart());
    chart.ifPresent(label -> found.add(v1Chart(sight, label)));
    return found;
  }

  /** A Coder v1 that is to stay one: chart, image and target are v1's. */
  private static boolean meant(RuleInput sight) {
    return sight.deployment().filter(CoderV1Path::isV1).isPresent()
        && sight.wanted().filter(version -> version.major() == 1).isPresent()
        && CoderV1Path.of(sight.snapshot())
            .target()
            .filter(version -> version.major() != 1)
            .isEmpty();
  }

  private static Finding v1(RuleInput sight, Deployment seen) {
    return Finding.proven(
        Kind.V1_CHART,
        Urgency.KNOW,
        "This is a Coder v1 (image %s)".formatted(seen.image()),
        sight.inCluster(seen.chart().map("chart "::concat).stream().toList()),
        Advice.findOut(
            "Use the runbook coder-v1: schema numbers and migration locks are v2's, and v1 migrates"
                + " in an init container.",
            Steps.V1),
        "upgrade it to v2: the only way there is a new installation.");
  }

  /** What tells of a v1 database: its own table, and the words of a coderd that refused it. */
  private static List<String> witnesses(RuleInput sight) {
    List<String> witnesses = new ArrayList<>();
    sight
        .database()
        .flatMap(seen -> seen.schema().v1())
        .ifPresent(
            schema -> witnesses.add("schema %s has the table migration_cursor".formatted(schema)));
    sight.failure(LogFailure.Kind.V1_DATABASE).map(PodFailure::evidence).ifPresent(witnesses::add);
    return witnesses;
  }

  private static Finding database(RuleInput sight, List<String> witnesses) {
    List<String> evidence = new ArrayList<>(witnesses);
    evidence.add("v1 is known by its table migration_cursor");
    return Finding.proven(
        Kind.V1_DATABASE,
        Urgency.ACT,
        "This is the database of a Coder v1: v2 refuses it",
        sight.inDatabase(evidence),
        Advice.findOut(
            "Stop: give v2 a database of its own. The v1 database was not touched.",
            Finding.SUPPORT),
        "drop or rename migration_cursor.");
  }

  private static Finding v1Chart(RuleInput sight, String label) {
    List<String> evidence = new ArrayList<>(List.of("chart " + label));
    sight.deployment().ifPresent(seen -> evidence.add("image " + seen.image()));
    if (sight.wanted().filter(version -> version.major() == 2).isPresent()) {
      evidence.add("a v1 chart with a v2 image: somebody mixed up two charts of the same name");
    }
    return Finding.proven(
        Kind.V1_CHART,
        Urgency.ACT,
        "This deployment was installed by the chart of Coder v1 (%s)".formatted(label),
        sight.inCluster(evidence),
        Advice.findOut(
            "Check `helm repo list`: v2 is https://helm.coder.com/v2; the bare host is v1, whose"
                + " chart has the same name.",
            Finding.SUPPORT),
        "upgrade it to v2 with this runbook: v1 is not migrated to v2.");
  }
}
