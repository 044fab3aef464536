package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Evidence;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.ApiKeys;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.VariableNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What others met on this path, with what is seen here beside it. */
public final class PathIssues {
  private static final String OIDC_ISSUER = "CODER_OIDC_ISSUER_URL";

  private PathIssues() {}

  /** The issues of the path that what is seen here does not rule out, those to avoid first. */
  public static List<KnownIssue> relevant(Snapshot snapshot, Knowledge knowledge) {
    return UpgradePath.of(snapshot, knowledge).issues(knowledge).stream()
        .filter(issue -> !ruledOut(issue, snapshot))
        .sorted(Comparator.comparing(KnownIssue::severity))
        .toList();
  }

  public static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    List<KnownIssue> issues = relevant(snapshot, knowledge);
    if (issues.isEmpty()) {
      return List.of("no problem is known on this path");
    }
    List<String> lines = new ArrayList<>();
    for (KnownIssue issue : issues) {
      lines.add(word(issue.severity()) + issue.title());
      issue
          .evidence()
          .flatMap(evidence -> seen(evidence, snapshot))
          .ifPresent(text -> lines.add("  here: " + text));
      lines.add("  do:   " + issue.remedy());
    }
    return lines;
  }

  private static String word(KnownIssue.Severity severity) {
    return switch (severity) {
      case AVOID -> "AVOID    ";
      case PREPARE -> "PREPARE  ";
      case KNOW -> "KNOW     ";
    };
  }

  /**
   * A pinned version, tables in {@code public} or a probe that is off speak against what needs the
   * contrary.
   */
  private static boolean ruledOut(KnownIssue issue, Snapshot snapshot) {
    if (issue.evidence().isEmpty()) {
      return false;
    }
    Optional<Deployment> deployment = snapshot.cluster().value().flatMap(Cluster::deployment);
    Optional<Database> database = snapshot.database().value();
    return switch (issue.evidence().get()) {
      case IMAGE_TAG ->
          deployment.map(Deployment::image).flatMap(CoderVersion::ofImage).isPresent();
      case SCHEMA_NAME ->
          database.flatMap(seen -> seen.schema().schema()).filter("public"::equals).isPresent();
      case LIVENESS_PROBE -> deployment.filter(seen -> seen.livenessProbe().isEmpty()).isPresent();
      case EMPTY_VARIABLES -> variables(deployment).filter(PathIssues::noneEmpty).isPresent();
      case OIDC -> variables(deployment).filter(PathIssues::noOidc).isPresent();
      case API_KEYS, OLD_REPLICAS, REPLICA_COUNT, SCHEMA_NUMBER, ENVIRONMENT, TABLE_SIZES, QUOTAS ->
          false;
    };
  }

  private static Optional<VariableNames> variables(Optional<Deployment> deployment) {
    return deployment.map(Deployment::template).map(PodTemplate::variables);
  }

  private static boolean noneEmpty(VariableNames variables) {
    return variables.whole() && empty(variables).isEmpty();
  }

  private static List<String> empty(VariableNames variables) {
    return variables.empty().stream().filter(name -> name.startsWith("CODER_")).sorted().toList();
  }

  private static boolean noOidc(VariableNames variables) {
    return variables.whole() && !variables.set().contains(OIDC_ISSUER);
  }

  private static String emptiness(VariableNames variables) {
    List<String> empty = empty(variables);
    return (empty.isEmpty()
            ? "no variable is seen to be empty"
            : "empty: " + String.join(", ", empty))
        + (variables.whole()
            ? ""
            : "; those that come from Secrets and ConfigMaps are not looked into");
  }

  private static String oidc(VariableNames variables) {
    return variables.set().contains(OIDC_ISSUER)
        ? OIDC_ISSUER + " is set; whether it was ever another one, only you can tell"
        : OIDC_ISSUER + " may come from a Secret or a ConfigMap: it is not looked into";
  }

  private static String about(ApiKeys keys) {
    return keys.estimated() ? "about " : "";
  }

  private static Optional<String> seen(Evidence evidence, Snapshot snapshot) {
    Optional<Database> database = snapshot.database().value();
    Optional<Deployment> deployment = snapshot.cluster().value().flatMap(Cluster::deployment);
    return switch (evidence) {
      case API_KEYS ->
          database
              .flatMap(seen -> seen.coder().apiKeys().value())
              .map(
                  keys ->
                      "api_keys has %s%,d rows, %s%,d expired more than 7 days ago"
                          .formatted(about(keys), keys.total(), about(keys), keys.expired()));
      case OLD_REPLICAS, REPLICA_COUNT ->
          deployment.map(seen -> Durations.count(seen.replicas(), "replica"));
      case SCHEMA_NAME -> database.flatMap(seen -> seen.schema().schema()).map("schema "::concat);
      case SCHEMA_NUMBER ->
          database.flatMap(seen -> seen.schema().version()).map(number -> "schema " + number);
      case IMAGE_TAG -> deployment.map(Deployment::image);
      case LIVENESS_PROBE ->
          deployment.map(
              seen -> "liveness probe " + (seen.livenessProbe().isPresent() ? "on" : "off"));
      case EMPTY_VARIABLES -> variables(deployment).map(PathIssues::emptiness);
      case OIDC -> variables(deployment).map(PathIssues::oidc);
      case ENVIRONMENT, QUOTAS, TABLE_SIZES -> Optional.empty();
    };
  }
}
