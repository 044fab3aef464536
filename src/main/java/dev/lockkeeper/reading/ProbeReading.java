package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.KillingProbe;
import dev.lockkeeper.analysis.LivenessProbe;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.coder.ChartFacts;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What asks the pods whether they live, and by which value of the chart that is set (C20). */
final class ProbeReading {
  private static final String KEY = "coder.livenessProbe.";

  private ProbeReading() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> seen = snapshot.cluster().value().flatMap(Cluster::deployment);
    if (seen.isEmpty()) {
      return List.of("unknown: " + snapshot.cluster().reason());
    }
    Deployment deployment = seen.get();
    List<String> lines = new ArrayList<>();
    lines.add("liveness   " + live(deployment));
    deployment
        .container()
        .startupProbe()
        .map(json -> LivenessProbe.of(json, deployment))
        .map(
            probe ->
                "startup    on: %s; until it is answered liveness is not asked"
                    .formatted(probe.arithmetic()))
        .ifPresent(lines::add);
    lines.add(
        "readiness  "
            + (deployment.container().readinessProbe().isPresent() ? "on" : "none")
            + "; it never kills");
    LivenessProbe.before(snapshot.run(), deployment)
        .filter(
            json ->
                deployment.livenessProbe().filter(now -> LivenessProbe.same(now, json)).isEmpty())
        .map(json -> LivenessProbe.of(json, deployment).arithmetic())
        .ifPresent(before -> lines.add("before     " + before));
    Optional<CoderVersion> chart = deployment.chart().flatMap(ProbeReading::version);
    lines.add(
        "chart      "
            + chart
                .map(version -> told(version, knowledge))
                .orElse("no helm.sh/chart label: what sets the probe is not known"));
    snapshot
        .run()
        .target()
        .flatMap(CoderVersion::parse)
        .filter(target -> !chart.equals(Optional.of(target)))
        .ifPresent(target -> lines.add("target     " + told(target, knowledge)));
    lines.add("an edit    " + edit(deployment));
    return lines;
  }

  /**
   * For somebody who has not scaled down yet: whether the probe leaves the migration its time, and
   * that an edit is for later, when it restarts nothing.
   */
  static List<String> ahead(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> seen = snapshot.cluster().value().flatMap(Cluster::deployment);
    if (seen.isEmpty()) {
      return List.of("unknown: " + snapshot.cluster().reason());
    }
    Deployment deployment = seen.get();
    Optional<KillingProbe> probe = KillingProbe.of(deployment);
    if (probe.isEmpty()) {
      return List.of(
          deployment.livenessProbe().isEmpty()
              ? "no liveness probe: Kubernetes kills no pod that migrates"
              : "the liveness probe tests only the open port, which a pod that migrates has");
    }
    if (!probe.get().name().equals("liveness")) {
      return List.of(
          probe.get().arithmetic(),
          probe.get().leavesTime()
              ? "until it is answered the liveness probe is not asked"
              : "it ends a pod that migrates: raise its failureThreshold yourself, at 0 replicas");
    }
    String live = "liveness probe " + live(deployment);
    if (probe.get().leavesTime()) {
      return List.of(live);
    }
    String when =
        deployment.replicas() == 0
            ? "the way that you choose in 4.1 takes care of it: at 0 replicas an edit restarts"
                + " nothing"
            : "leave it now: an edit restarts %s of the old version; before the new version starts, the way that you choose in 4.1 takes care of it"
                .formatted(Durations.count(deployment.replicas(), "pod"));
    return byHelm(snapshot, knowledge)
        .map(helm -> List.of(live, when, helm))
        .orElseGet(() -> List.of(live, when));
  }

  /** What an operator types who changes the probe in another terminal. */
  static List<String> commands(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.cluster().value();
    Optional<Deployment> seen = cluster.flatMap(Cluster::deployment);
    if (seen.isEmpty()) {
      return List.of("unknown: " + snapshot.cluster().reason());
    }
    PinnedContext at = cluster.get().identity().pinned();
    List<String> lines = new ArrayList<>();
    seen.get()
        .livenessProbe()
        .filter(live -> !LivenessProbe.of(live, seen.get()).leavesTime())
        .map(LivenessProbe::softened)
        .ifPresent(soft -> lines.add("$ " + patch(seen.get(), at, soft)));
    lines.add("or, where your own helm upgrade runs the migration, in its values:");
    lines.add(
        snapshot
            .run()
            .target()
            .flatMap(CoderVersion::parse)
            .flatMap(target -> knowledge.chart(target).livenessRelief())
            .map(value -> KEY + value + "; then leave this step out")
            .orElse("the chart of the target has no value for it"));
    return lines;
  }

  private static String patch(Deployment seen, PinnedContext at, String json) {
    return at.kubectl(
        "patch",
        "deployment/" + seen.name(),
        "--type=strategic",
        "-p",
        LivenessProbe.patch(seen.container().name(), Optional.of(json)));
  }

  /** The way on which nobody has to edit anything. */
  private static Optional<String> byHelm(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .run()
        .target()
        .flatMap(CoderVersion::parse)
        .filter(target -> ReleaseLookup.isNoted(snapshot))
        .filter(target -> knowledge.chart(target).livenessRelief().isPresent())
        .map(
            target ->
                "where the wizard runs helm upgrade, a value of the chart of %s keeps the probe from killing the migration"
                    .formatted(target));
  }

  private static String live(Deployment deployment) {
    boolean kills =
        KillingProbe.of(deployment).filter(each -> each.name().equals("liveness")).isPresent();
    return LivenessProbe.of(deployment)
        .map(
            probe ->
                kills
                    ? "on: %s; no migration longer than %s ever ends"
                        .formatted(probe.arithmetic(), Durations.of(probe.survival()))
                    : "on: " + probe.arithmetic())
        .orElse("none: Kubernetes kills no pod that migrates");
  }

  /** {@code coder-2.26.6}: the chart's version is that of the release that it belongs to. */
  private static Optional<CoderVersion> version(String label) {
    return CoderVersion.parse("v" + label.replaceFirst("^.*?-(?=\\d)", ""));
  }

  private static String told(CoderVersion version, Knowledge knowledge) {
    ChartFacts chart = knowledge.chart(version);
    return "%s: liveness %s by default; %s"
        .formatted(version, chart.livenessByDefault() ? "on" : "off", key(chart));
  }

  private static String key(ChartFacts chart) {
    if (chart.canDisableLiveness()) {
      return "off by the value " + KEY + "enabled=false";
    }
    return chart
        .livenessRelief()
        .map(value -> "no value switches it off; %s%s delays it".formatted(KEY, value))
        .orElse("no value changes it: only an edit of the deployment, which helm upgrade undoes");
  }

  private static String edit(Deployment deployment) {
    return deployment.replicas() == 0
        ? "restarts nothing: the deployment wants 0 replicas"
        : "starts a rollout of %s, and pods that are not Ready go first"
            .formatted(Durations.count(deployment.replicas(), "pod"));
  }
}
