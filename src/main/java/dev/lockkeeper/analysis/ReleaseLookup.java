package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.ChartFacts;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which Helm release the Deployment belongs to.
 *
 * @param release the release, if it can be said
 * @param reason why it cannot; empty when it can
 */
public record ReleaseLookup(Optional<HelmRelease> release, String reason) {
  /** The chart that installs coderd. */
  public static final String CHART = "coder";

  private static final String NAMESPACE = "meta.helm.sh/release-namespace";

  private static final int TAIL = 8;

  /** The release that Helm itself noted at the Deployment, or the only one of its chart. */
  public static ReleaseLookup of(Snapshot snapshot) {
    Optional<Cluster> cluster = snapshot.cluster().value();
    if (cluster.isEmpty()) {
      return none(snapshot.cluster().reason());
    }
    Observed<List<HelmRelease>> releases = cluster.get().releases();
    if (!releases.isKnown()) {
      return none(releases.reason());
    }
    Optional<Deployment> deployment = cluster.get().deployment();
    Optional<String> noted = deployment.map(each -> each.annotations().get(HelmRelease.NOTED));
    List<HelmRelease> all = releases.value().orElseThrow();
    if (noted.isPresent()) {
      return noted(cluster.get(), deployment.orElseThrow(), all, noted.get());
    }
    List<HelmRelease> charts =
        all.stream().filter(each -> each.chart().name().equals(CHART)).toList();
    return switch (charts.size()) {
      case 0 -> none("Helm keeps no release of the chart coder in this namespace");
      case 1 ->
          none(
              "the release %s has the chart coder, but the deployment does not say that it is its own"
                  .formatted(charts.get(0).name()));
      default ->
          none(
              "several releases have the chart coder, and the deployment names none: "
                  + charts.stream().map(HelmRelease::name).collect(Collectors.joining(", ")));
    };
  }

  /** Whether the Deployment says that it belongs to a release, whichever that is. */
  public static boolean isNoted(Snapshot snapshot) {
    return snapshot
        .cluster()
        .value()
        .flatMap(Cluster::deployment)
        .filter(each -> each.annotations().containsKey(HelmRelease.NOTED))
        .isPresent();
  }

  /**
   * Whether the releases were read and none can be the Deployment's, which names no chart either:
   * Helm may keep its releases elsewhere.
   */
  public static boolean isAbsent(Snapshot snapshot) {
    Optional<Deployment> deployment = snapshot.cluster().value().flatMap(Cluster::deployment);
    return !isNoted(snapshot)
        && deployment.flatMap(Deployment::chart).isEmpty()
        && snapshot
            .cluster()
            .value()
            .flatMap(seen -> seen.releases().value())
            .filter(all -> all.stream().noneMatch(each -> each.chart().name().equals(CHART)))
            .isPresent();
  }

  private static ReleaseLookup noted(
      Cluster cluster, Deployment deployment, List<HelmRelease> all, String name) {
    String here = cluster.identity().namespace();
    String where = deployment.annotations().getOrDefault(NAMESPACE, here);
    if (!where.equals(here)) {
      return none(
          "Helm keeps the release %s in namespace %s and not in %s, where the deployment is: run your own helm with -n %s"
              .formatted(name, where, here, where));
    }
    return all.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(ReleaseLookup::ofChart)
        .orElseGet(
            () ->
                none(
                    "the deployment belongs to the release %s, of which there is no Secret in namespace %s: where Helm keeps it elsewhere (HELM_DRIVER=configmap or sql), run your own helm"
                        .formatted(name, here)));
  }

  private static ReleaseLookup ofChart(HelmRelease release) {
    return release.chart().name().equals(CHART)
        ? new ReleaseLookup(Optional.of(release), "")
        : none(
            "the release %s has the chart %s and not coder"
                .formatted(release.name(), release.chart().name()));
  }

  private static ReleaseLookup none(String reason) {
    return new ReleaseLookup(Optional.empty(), reason);
  }

  /**
   * Whether the chart of the target gives coderd a liveness probe with these values.
   *
   * @param values the operator's own; where they are not known, it is taken to do so
   */
  public static boolean rendersLiveness(
      Optional<HelmRelease.Values> values, CoderVersion target, Knowledge knowledge) {
    ChartFacts chart = knowledge.chart(target);
    if (!chart.canDisableLiveness()) {
      return chart.livenessByDefault();
    }
    return values
        .map(each -> each.livenessProbe().get("enabled"))
        .map(enabled -> enabled.equals("true"))
        .orElse(values.isEmpty() || chart.livenessByDefault());
  }

  /** Whether the newest revision has another replica count than the operator's values, by us. */
  public static boolean borrowed(HelmRelease release) {
    return release.lent().isPresent();
  }

  /** The release in a few words: {@code coder, revision 3, deployed, chart coder-2.29.3}. */
  public static String spoken(HelmRelease release) {
    return "%s, revision %d, %s, chart %s-%s"
        .formatted(
            release.name(),
            release.revision(),
            release.status(),
            release.chart().name(),
            release.chart().version());
  }

  /** What is known of release and program. */
  public static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    ReleaseLookup sight = of(snapshot);
    sight
        .release()
        .ifPresentOrElse(
            each -> say(each, snapshot, lines),
            () -> lines.add("release unknown: " + sight.reason()));
    Optional<Helm> helm = snapshot.helm().value();
    if (helm.isEmpty()) {
      lines.add("helm: " + snapshot.helm().reason());
      return lines;
    }
    if (helm.get().usable()) {
      lines.add("helm %s (%s)".formatted(helm.get().version(), helm.get().program()));
      lines.add("charts from " + helm.get().repository());
    } else {
      lines.add("helm: " + helm.get().trouble());
    }
    helm.get().run().ifPresent(run -> say(run, snapshot, lines));
    return lines;
  }

  private static void say(HelmRelease release, Snapshot snapshot, List<String> lines) {
    lines.add("release " + spoken(release));
    lines.add(
        "history: "
            + release.earlier().history().stream()
                .map(each -> "%d %s".formatted(each.number(), each.status()))
                .collect(Collectors.joining(", ")));
    release
        .earlier()
        .before()
        .ifPresent(
            each ->
                lines.add(
                    "revision %d: chart for %s, coder.replicaCount %d"
                        .formatted(
                            each.revision(), each.image().orElse("?"), each.values().replicas())));
    HelmRelease.Values values = release.values();
    lines.add(
        "values: coder.replicaCount %s%s"
            .formatted(
                values.replicaCount().map(String::valueOf).orElse("not set (1)"),
                values.imageTag().map(tag -> ", coder.image.tag " + tag).orElse("")));
    snapshot
        .run()
        .replicas()
        .or(() -> snapshot.cluster().value().flatMap(Cluster::deployment).map(Deployment::replicas))
        .filter(count -> release.lent().isEmpty() && count != values.replicas())
        .ifPresent(
            count ->
                lines.add(
                    "! the deployment wanted %d and your values say %d: helm upgrade brings %d"
                        .formatted(count, values.replicas(), values.replicas())));
    if (!release.info().description().isEmpty()) {
      lines.add("noted: " + release.info().description());
    }
  }

  private static void say(HelmRun run, Snapshot snapshot, List<String> lines) {
    lines.add(spoken(run, snapshot));
    List<String> tail = run.lines();
    tail.subList(Math.max(0, tail.size() - TAIL), tail.size())
        .forEach(line -> lines.add("| " + line));
  }

  /**
   * The run of what this run of the runbook asked helm for last; any run where it asked nothing.
   */
  public static Optional<HelmRun> run(Snapshot snapshot) {
    Optional<String> asked = snapshot.run().recalled(RunFacts.HELM_DIGEST);
    return snapshot
        .helm()
        .value()
        .flatMap(Helm::run)
        .filter(each -> asked.isEmpty() || asked.get().equals(each.digest()));
  }

  /** How a run stands, in a few words. */
  public static String spoken(HelmRun run, Snapshot snapshot) {
    return switch (run.state()) {
      case RUNNING ->
          "helm has run for %s (run %s, pid %d)"
              .formatted(
                  Durations.of(Duration.between(run.startedAt(), snapshot.now())),
                  run.name(),
                  run.pid());
      case ENDED ->
          "helm ended with status %d (run %s)".formatted(run.status().orElse(-1), run.name());
      case VANISHED ->
          "helm is gone and left no exit status (run %s): the release tells what it did"
              .formatted(run.name());
    };
  }
}
